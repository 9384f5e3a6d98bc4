package io.cdcprogress.samples;

import static io.cdcprogress.samples.MetricsPipeline.PATIENCE;
import static io.cdcprogress.samples.MetricsPipeline.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TimeZone;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The tables of docs/table.md, made by the samples for them: what stands in them is what the records say. */
@OnStack
@Tag("embedded")
class PipelineMetricsIT {
    /** As if records had not had it in an earlier version. */
    private static final String NEW_FIELD = "retained_wal_bytes";

    private static final TimeZone HERE = TimeZone.getDefault();

    private static SharedStack stack;
    private static MetricsPipeline metrics;
    private static String group;

    @BeforeAll
    static void start(SharedStack shared) throws IOException {
        // The tables are in UTC all the same.
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
        stack = shared;
        metrics = new MetricsPipeline(stack, NEW_FIELD);
        group = metrics.pipeline.sinkGroup();
    }

    @AfterAll
    static void stop() {
        TimeZone.setDefault(HERE);
        metrics.close();
    }

    private static Map<String, String> row() {
        return metrics.latest.rows().stream()
                .filter(row -> row.get("sink_group").equals(group))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void thereIsARowForEachPipelineAndSinkThatIsItsLatestRecord() {
        MetricsTable latest = metrics.latest;
        metrics.pipeline.insert(3);
        metrics.pipeline.awaitDrained();
        metrics.pipeline.pauseSink();
        metrics.pipeline.insert(4);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(row())
                        .containsEntry("sink_lag_records", "4")
                        .doesNotContainEntry("oldest_unconsumed_at", null)
                        .containsEntry("safe_wal_bytes", null));
        Map<String, String> row = row();
        assertThat(latest.columns()).isEqualTo(latest.expectedColumns()).containsKeys("source_offset", "target_offset");
        assertThat(row).isEqualTo(latest.expected(record(metrics.progress, row, "pipeline", "sink_group", "sequence")));
        await().atMost(PATIENCE)
                .until(() -> Long.parseLong(row().get("sequence")) > Long.parseLong(row.get("sequence")) + 5);
        assertThat(latest.rows()).hasSize(2);
        metrics.pipeline.resumeSink();
        await().atMost(PATIENCE).until(() -> row().get("sink_lag_records").equals("0"));
    }

    @Test
    void theSinksThatReadOurTopicsAreNoSinksOfThePipeline() {
        String pipeline = metrics.pipeline.sourceConnector();
        assertThat(metrics.latest.rows())
                .extracting(row -> row.get("pipeline"), row -> row.get("sink_group"))
                .containsExactlyInAnyOrder(tuple(pipeline, group), tuple(pipeline, "connect-" + metrics.secondSink));
        assertThat(metrics.history.values("sink_group")).isSubsetOf(metrics.latest.values("sink_group"));
    }

    @Test
    void theHistoryHasEveryRecordOnceAlsoWhenItIsReadAgain() {
        MetricsTable history = metrics.history;
        int before = history.rows().size();
        await().atMost(PATIENCE).until(() -> history.rows().size() > before + 20);
        assertThat(history.columns()).doesNotContainKey(NEW_FIELD);
        List<Map<String, String>> rows = history.rows();
        metrics.recreateHistory(rows.stream()
                .map(row -> row.get("kafka_offset"))
                .min(Comparator.comparing(Long::valueOf))
                .orElseThrow());
        await().atMost(PATIENCE).until(() -> {
            metrics.connect.awaitRunning(history.sink());
            return history.rows().size() > rows.size() + 20;
        });
        assertThat(history.columns()).containsAllEntriesOf(history.expectedColumns());
        metrics.progress.skipToEnd();
        Map<String, JsonNode> records = metrics.progress.entries().stream()
                .collect(Collectors.toMap(
                        entry -> String.valueOf(entry.offset()),
                        entry -> entry.value().path("payload")));
        List<Map<String, String>> after = history.rows().stream()
                .filter(row -> records.containsKey(row.get("kafka_offset")))
                .toList();
        assertThat(after).hasSizeGreaterThan(rows.size()).allSatisfy(row -> {
            Map<String, String> own = new HashMap<>(row);
            own.keySet().removeAll(List.of("kafka_topic", "kafka_partition", "kafka_offset"));
            assertThat(own).isEqualTo(history.expected(records.get(row.get("kafka_offset"))));
        });
        assertThat(after).extracting(row -> row.get("kafka_offset")).doesNotHaveDuplicates();
    }

    @Test
    void theSinksGoOnWhenTheirIdleConnectionsWereCut() {
        await().atMost(PATIENCE).until(() -> !metrics.history.rows().isEmpty());
        List<String> sinks = List.of(metrics.latest.sink(), metrics.history.sink(), metrics.partitions.sink());
        // One that is cut while it is in use ends its sink.
        sinks.forEach(metrics.connect::pause);
        metrics.cutConnections();
        sinks.forEach(metrics.connect::resume);
        String sequence = row().get("sequence");
        int rows = metrics.history.rows().size();
        await().atMost(PATIENCE).until(() -> {
            metrics.connect.awaitRunning(metrics.history.sink());
            return Long.parseLong(row().get("sequence")) > Long.parseLong(sequence) + 5
                    && metrics.history.rows().size() > rows + 10;
        });
    }

    @Test
    void partitionsHaveTheKafkaOffsetAndTheLsnOfTheSamePoint() {
        MetricsTable partitions = metrics.partitions;
        metrics.pipeline.pauseSink();
        await().atMost(PATIENCE).untilAsserted(() -> {
            metrics.pipeline.insert(1);
            assertThat(partitions.rows())
                    .anySatisfy(row -> assertThat(row)
                            .containsEntry("sink_group", group)
                            .doesNotContainEntry("source_offset", null)
                            .doesNotContainEntry("next_commit_at", null)
                            .doesNotContainEntry("target_offset", null));
        });
        assertThat(partitions.columns()).isEqualTo(partitions.expectedColumns());
        List<Map<String, String>> rows = partitions.rows();
        assertThat(rows)
                .allSatisfy(row -> assertThat(row)
                        .isEqualTo(partitions.expected(record(
                                metrics.byPartition,
                                row,
                                "pipeline",
                                "sink_group",
                                "topic",
                                "partition",
                                "sequence"))));
        assertThat(rows)
                .extracting(row -> List.of(row.get("sink_group"), row.get("topic"), row.get("partition")))
                .doesNotHaveDuplicates();
        metrics.pipeline.resumeSink();
    }

    @Test
    void everyStatementOfTheDocumentationRuns() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            metrics.pipeline.insert(1);
            assertThat(metrics.partitions.rows()).isNotEmpty();
            assertThat(metrics.history.rows()).isNotEmpty();
        });
        assertThat(metrics.questions).hasSizeGreaterThan(5);
        for (String statement : metrics.questions) {
            stack.database().execute(MetricsTable.DATABASE, statement);
        }
        assertThat(stack.database()
                        .query(
                                MetricsTable.DATABASE,
                                "SELECT count(*) FROM pipeline_metrics_history WHERE"
                                        + " source_offset::pg_lsn - target_offset::pg_lsn <> total_lag_bytes"))
                .isEqualTo("0");
    }
}
