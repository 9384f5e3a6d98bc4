package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pipelines without any list of them, asked from the very worker that this connector runs on. */
@OnStack
@Tag("embedded")
class DiscoveryIT {
    private static final Duration A_MINUTE = Duration.ofMinutes(1);
    private static final String CLUSTER = Unique.name("discovering");
    private static final String GROUP = Unique.name("a-group-of-its-own");

    private static SharedStack stack;
    private static ConnectWorker worker;
    private static String databaseNameInAFile;
    private static CdcPipeline plain;
    private static CdcPipeline renamed;
    private static Deployment deployment;
    private static ProgressReader progress;

    @BeforeAll
    static void start(SharedStack shared) throws IOException {
        stack = shared;
        worker = ConnectWorker.start(
                KafkaRelease.V4_3,
                stack.broker(),
                CLUSTER,
                Map.of(
                        "config.providers", "file",
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"));
        plain = CdcPipeline.start(
                PipelineSpec.named(Unique.name("plain")).heartbeat(), stack.database(), stack.broker(), worker);
        String name = Unique.name("renamed");
        databaseNameInAFile = reference("dbname", name);
        renamed = CdcPipeline.start(
                PipelineSpec.named(name)
                        .heartbeat()
                        .source("database.dbname", databaseNameInAFile)
                        .source("transforms", "route")
                        .source("transforms.route.type", "org.apache.kafka.connect.transforms.RegexRouter")
                        .source("transforms.route.regex", name + "\\.public\\.(.*)")
                        .source("transforms.route.replacement", "of-" + name + "-$1")
                        .sink("topics.regex", "of-" + name + "-.*")
                        .sink("consumer.override.group.id", GROUP),
                stack.database(),
                stack.broker(),
                worker);
        renamed.insert(1);
        deployment = discovering()
                .with("database.password", reference("password", Deployment.PASSWORD))
                .with("pipelines." + renamed.sourceConnector() + ".database.dbname", renamed.sourceDatabase())
                .deploy(worker);
        progress = deployment.progress();
    }

    @AfterAll
    static void stop() {
        deployment.close();
        progress.close();
        plain.close();
        renamed.close();
        worker.close();
    }

    private static Deployment discovering() {
        return new Deployment(stack.database(), stack.broker())
                .with("pipelines", "*")
                .with("connect.url", worker.rest().url().toString())
                .with("flush.interval.ms", "1000")
                .with("inference.settle.ms", "1000");
    }

    private static String reference(String key, String value) throws IOException {
        Path file = Files.createTempFile(Files.createDirectories(Path.of("target", "secrets")), key, ".properties");
        Files.writeString(file, key + "=" + value + "\n");
        return "${file:" + file.toAbsolutePath() + ":" + key + "}";
    }

    private static Predicate<ProgressReader.Entry> of(CdcPipeline pipeline, String group) {
        return Deployment.of(pipeline.sourceConnector())
                .and(entry -> entry.value().path("sink_group").asText().equals(group));
    }

    private static Predicate<ProgressReader.Entry> with(String field, String value) {
        return entry -> entry.value().path(field).asText().equals(value);
    }

    @Test
    void everyDebeziumConnectorIsAPipelineWithTheSinksThatConsumeIt() {
        plain.insert(10);
        // Proven only if Connect is asked for its stored offset, which may take a moment longer than being well.
        JsonNode record = progress.awaitRecord(of(plain, plain.sinkGroup())
                        .and(with("health", "OK"))
                        .and(entry -> entry.value().path("proven_lsn").isTextual()))
                .value();
        assertThat(record.path("slot_name").asText()).isEqualTo(plain.slot());
        assertThat(record.path("database").asText())
                .isEqualTo(stack.database().workerAddress() + "/" + plain.sourceDatabase());
    }

    @Test
    void aPipelineWhoseTopicsATransformRenamesIsFoundWithItsSinksOwnGroup() {
        renamed.insert(10);
        JsonNode record = progress.awaitRecord(of(renamed, GROUP).and(with("health", "OK")))
                .value();
        assertThat(record.path("sink_partitions").asInt()).isEqualTo(1);
        assertThat(record.path("slot_name").asText()).isEqualTo(renamed.slot());
    }

    @Test
    void aSinkThatComesAndGoesIsNoticedWithinAMinuteAndDisturbsNoOther() {
        String another = plain.sinkConnector() + "-2";
        progress.awaitRecord(of(plain, plain.sinkGroup()));
        Map<String, String> config = worker.rest().config(plain.sinkConnector());
        config.remove("name");
        worker.rest().put(another, config);
        progress.awaitRecord(of(plain, "connect-" + another)); // waits for a minute at most
        worker.rest().delete(another);
        await("the group to be forgotten")
                .atMost(A_MINUTE)
                .until(() -> !worker.rest().tasks(deployment.name()).toString().contains(another));
        progress.skipToEnd();
        progress.awaitRecord(of(plain, plain.sinkGroup()));
        progress.awaitRecord(of(renamed, GROUP));
        for (Predicate<ProgressReader.Entry> key :
                List.of(of(plain, plain.sinkGroup()), of(renamed, GROUP), of(plain, "connect-" + another))) {
            List<Long> sequences = progress.entries().stream()
                    .filter(key)
                    .map(entry -> entry.value().path("sequence").asLong())
                    .toList();
            assertThat(sequences)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        }
    }

    @Test
    void noSecretAndNoReferenceIsCopied() {
        progress.awaitRecord(of(plain, plain.sinkGroup()));
        try (ProgressReader configs = new ProgressReader(stack.broker(), CLUSTER + "-configs")) {
            configs.awaitRecord(entry -> entry.toString().contains("task.pipelines"));
            configs.skipToEnd();
            assertThat(configs.entries().toString()).doesNotContain(Deployment.PASSWORD);
        }
        assertThat(worker.rest().tasks(deployment.name()).toString()).doesNotContain(databaseNameInAFile);
    }

    @Test
    void whatCantBeDiscoveredIsNamedAndTheKafkaHalfIsPublished() {
        Deployment poor = discovering();
        poor.config.keySet().removeIf(key -> key.startsWith("database."));
        try (poor;
                ProgressReader reader = poor.deploy(worker).progress()) {
            JsonNode withoutUser = reader.awaitRecord(of(plain, plain.sinkGroup())
                            .and(entry -> entry.value().path("sink_partitions").asInt() == 1))
                    .value();
            assertThat(withoutUser.path("health").asText()).isEqualTo("UNKNOWN");
            assertThat(withoutUser.path("finding").asText()).isEqualTo("NOT_AUTHORIZED");
            assertThat(withoutUser.path("detail").asText()).contains("set database.user");
            JsonNode withoutDatabase = reader.awaitRecord(of(renamed, GROUP)
                            .and(entry -> entry.value().path("sink_partitions").asInt() == 1))
                    .value();
            assertThat(withoutDatabase.path("finding").asText()).isEqualTo("SOURCE_UNREACHABLE");
            assertThat(withoutDatabase.path("detail").asText())
                    .contains("set pipelines." + renamed.sourceConnector() + ".database.dbname");
            assertThat(withoutDatabase.toString()).doesNotContain("${");
        }
    }

    /** On the oldest worker: its Kafka clients list groups in their own way. */
    @Test
    void groupsAreFoundByAPattern() {
        Deployment byPattern = new Deployment(stack.database(), stack.broker())
                .watching("shop", plain.sourceDatabase(), plain.slot(), plain.topicPrefix(), "none");
        byPattern.config.remove("pipelines.shop.sink.groups");
        byPattern.with("pipelines.shop.sink.groups.regex", "connect-" + plain.slot() + "-s.*k");
        try (byPattern;
                ProgressReader reader =
                        byPattern.deploy(stack.worker(KafkaRelease.V3_9)).progress()) {
            assertThat(reader.awaitRecord(entry -> true)
                            .value()
                            .path("sink_group")
                            .asText())
                    .isEqualTo(plain.sinkGroup());
        }
    }
}
