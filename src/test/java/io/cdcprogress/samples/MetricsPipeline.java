package io.cdcprogress.samples;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.Deployment;
import io.cdcprogress.record.ProgressSchemas;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.connect.data.Schema;

/**
 * A pipeline with two sinks, this connector as docs/table.md has it changed, and the three sinks for its records. The
 * connector ran before without schemas, discovers, and has topics below the prefix of the pipeline.
 */
final class MetricsPipeline implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Pattern SQL = Pattern.compile("^ *```sql\\n(.*?)^ *```", Pattern.DOTALL | Pattern.MULTILINE);
    private static final KafkaRelease RELEASE = KafkaRelease.V4_3;

    /** What the documentation asks of the database. */
    final List<String> questions;

    final CdcPipeline pipeline;
    final String secondSink;
    final ConnectRest connect;
    final ProgressReader progress;
    final ProgressReader byPartition;
    final MetricsTable latest;
    final MetricsTable history;
    final MetricsTable partitions;

    private final SharedStack stack;
    private final Deployment deployment;

    /** @param newField of the records: the history's sink does not see it until {@link #recreateHistory} */
    MetricsPipeline(SharedStack stack, String newField) throws IOException {
        this.stack = stack;
        connect = stack.worker(RELEASE).rest();
        pipeline = stack.pipeline(
                RELEASE, PipelineSpec.named(Unique.name("shop")).partitions(2).heartbeat());
        pipeline.insert(2);
        secondSink = pipeline.sinkConnector() + "-2";
        progress = new ProgressReader(stack.broker(), topic());
        byPartition = new ProgressReader(stack.broker(), topic() + ".partitions");
        deployment = new Deployment(stack.database(), stack.broker());
        deployFirstWithoutSchemas();
        List<String> statements = SQL.matcher(Files.readString(Path.of("docs", "table.md")))
                .results()
                .map((MatchResult block) -> block.group(1))
                .toList();
        // One by one: CREATE DATABASE wants to be alone.
        statements
                .get(0)
                .replace("'...'", "'change-me'")
                .lines()
                .forEach(statement -> stack.database().execute("postgres", statement));
        questions = statements.subList(1, statements.size());
        latest = create("pipeline-metrics-sink.json", ProgressSchemas.PROGRESS, Map.of());
        history = create(
                "pipeline-metrics-history-sink.json",
                ProgressSchemas.PROGRESS,
                Map.of("transforms.rename.exclude", newField));
        partitions = create("pipeline-metrics-partitions-sink.json", ProgressSchemas.PARTITION, Map.of());
        // Created last, so that discovery has seen all the others when it has found this one.
        createSecondSink();
        await().atMost(PATIENCE).until(() -> latest.values("sink_group").contains("connect-" + secondSink));
    }

    /** Below the prefix of the pipeline, and none of its topics all the same. */
    private String topic() {
        return pipeline.topicPrefix() + ".progress";
    }

    private void deployFirstWithoutSchemas() {
        Sample.of("cdc-progress.json").config().forEach(deployment::with);
        deployment
                .with("database.user", deployment.name())
                .with("database.password", Deployment.PASSWORD)
                .with("kafka.bootstrap.servers", stack.broker().workerBootstrapServers())
                .with("connect.url", connect.url().toString())
                .with("poll.interval.ms", "200")
                .with("progress.topic", topic())
                .with("partitions.topic", topic() + ".partitions")
                .deploy(stack.worker(RELEASE));
        progress.awaitRecord(entry -> true);
        byPartition.awaitRecord(entry -> true);
        deployment.with("value.converter.schemas.enable", "true").deploy(stack.worker(RELEASE));
        progress.awaitRecord(entry -> entry.value().has("schema"));
        byPartition.awaitRecord(entry -> entry.value().has("schema"));
    }

    private MetricsTable create(String file, Schema schema, Map<String, String> more) {
        Sample sink = Sample.of(file);
        Map<String, String> config = new HashMap<>(sink.config());
        String database = stack.database().workerAddress().toString();
        config.compute("topics", (key, topics) -> topics.replace("cdc.progress", topic()));
        config.compute("connection.url", (key, url) -> url.replace("localhost:5432", database));
        config.putAll(more);
        connect.put(sink.name(), config);
        return new MetricsTable(stack.database(), sink, schema);
    }

    private void createSecondSink() {
        Map<String, String> config = connect.config(pipeline.sinkConnector());
        config.remove("name");
        config.put("collection.name.format", "${source.table}_2");
        connect.put(secondSink, config);
    }

    /** The history's sink begins anew with the record at an offset, as after a crash, and now with the new field. */
    void recreateHistory(String offset) {
        connect.stop(history.sink());
        try {
            connect.alterOffsets(history.sink(), new ObjectMapper().readTree("""
                                    {"offsets": [{"partition": {"kafka_topic": "%s", "kafka_partition": 0},
                                                  "offset": {"kafka_offset": %s}}]}
                                    """.formatted(topic(), offset)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        create("pipeline-metrics-history-sink.json", ProgressSchemas.PROGRESS, Map.of());
        connect.resume(history.sink());
    }

    /** The sinks lose their connections, as when the server is started again. */
    void cutConnections() {
        stack.database()
                .execute(
                        "postgres",
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'cdc_metrics'");
    }

    /** The record that has a row's values in some of its fields. */
    static JsonNode record(ProgressReader reader, Map<String, String> row, String... fields) {
        return reader.awaitRecord(entry -> {
                    JsonNode payload = entry.value().path("payload");
                    return Stream.of(fields)
                            .allMatch(field ->
                                    row.get(field).equals(payload.path(field).asText()));
                })
                .value()
                .path("payload");
    }

    @Override
    public void close() {
        for (MetricsTable table : List.of(latest, history, partitions)) {
            connect.delete(table.sink());
        }
        connect.delete(secondSink);
        deployment.close();
        pipeline.close();
        progress.close();
        byPartition.close();
        stack.database().execute("postgres", "DROP DATABASE metrics WITH (FORCE)", "DROP ROLE cdc_metrics");
    }
}
