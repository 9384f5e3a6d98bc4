package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.ConnectRestException;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Connect keeps the offsets: sequences go on, whatever happens to tasks and workers. */
@OnStack
@Tag("embedded")
@ParameterizedClass
@EnumSource(KafkaRelease.class)
class RestartIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<String, String> EXACTLY_ONCE = Map.of("exactly.once.source.support", "enabled");

    private final KafkaRelease release;
    private final SharedStack stack;
    private final String cluster = Unique.name("restarted");
    private final String slot = Unique.name("slot");
    private Deployment deployment;

    RestartIT(KafkaRelease release, SharedStack stack) {
        this.release = release;
        this.stack = stack;
    }

    @BeforeEach
    void start() {
        stack.database().execute("postgres", "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        deployment = new Deployment(stack.database(), stack.broker())
                .watching("shop", "postgres", slot, Unique.name("none"), Unique.name("nobody"));
    }

    @AfterEach
    void stop() {
        stack.database().execute("postgres", "SELECT pg_drop_replication_slot('" + slot + "')");
    }

    private ConnectWorker worker(Map<String, String> settings) {
        return ConnectWorker.start(release, stack.broker(), cluster, settings);
    }

    private static void awaitSequence(ProgressReader progress, long sequence) {
        progress.awaitRecord(entry -> entry.value().path("sequence").asLong() >= sequence);
    }

    private static long last(ProgressReader progress) {
        List<ProgressReader.Entry> entries = progress.entries();
        return entries.get(entries.size() - 1).value().path("sequence").asLong();
    }

    /** Every number from 1 on, once each, in their order. */
    private static void assertNoGapAndNoRepeat(ProgressReader progress) {
        progress.skipToEnd();
        List<Long> sequences = progress.entries().stream()
                .filter(Deployment.of("shop"))
                .map(entry -> entry.value().path("sequence").asLong())
                .toList();
        assertThat(sequences)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, sequences.size()).boxed().toList());
    }

    private void goesOnOverRestartAndReconfiguration(Map<String, String> settings) {
        try (ProgressReader progress = deployment.progress()) {
            try (ConnectWorker first = worker(settings)) {
                deployment.deploy(first);
                awaitSequence(progress, 3);
                first.rest().restart(deployment.name);
                awaitSequence(progress, last(progress) + 3);
                deployment.with("poll.interval.ms", "250").deploy(first);
                awaitSequence(progress, last(progress) + 3);
                first.rest().pause(deployment.name);
                first.rest().awaitState(deployment.name, "PAUSED");
                progress.skipToEnd();
                assertThat(progress.poll(Duration.ofSeconds(2)))
                        .as("records while paused")
                        .isEmpty();
                first.rest().resume(deployment.name);
                awaitSequence(progress, last(progress) + 3);
            }
            progress.skipToEnd();
            long atStop = last(progress);
            try (ConnectWorker second = worker(settings)) {
                awaitSequence(progress, atStop + 3);
                second.rest().delete(deployment.name);
            }
            assertNoGapAndNoRepeat(progress);
        }
    }

    @Test
    void sequencesGoOnWithAtLeastOnce() {
        goesOnOverRestartAndReconfiguration(Map.of());
    }

    @Test
    void sequencesGoOnWithExactlyOnce() {
        deployment.with("exactly.once.support", "required");
        goesOnOverRestartAndReconfiguration(EXACTLY_ONCE);
    }

    @Test
    void sequencesGoOnWhenTheConnectorsTasksBecomeMore() {
        try (ConnectWorker worker = worker(Map.of());
                ProgressReader progress = deployment.progress()) {
            deployment.deploy(worker);
            awaitSequence(progress, 3);
            // Another name makes another server of it, so it gets a task of its own.
            deployment
                    .watching("other", "postgres", slot, Unique.name("none"), Unique.name("nobody"))
                    .with("pipelines.other.database.hostname", "127.0.0.1")
                    .deploy(worker);
            progress.awaitRecord(Deployment.of("other"));
            awaitSequence(progress, last(progress) + 3);
            assertThat(worker.rest().tasks(deployment.name)).hasSize(2);
            worker.rest().delete(deployment.name);
            assertNoGapAndNoRepeat(progress);
        }
    }

    @Test
    void offsetsCanBeReadAndAlteredByRestAndNonsenseIsRefused() throws Exception {
        try (ConnectWorker worker = worker(Map.of());
                ProgressReader progress = deployment.progress()) {
            ConnectRest rest = worker.rest();
            deployment.deploy(worker);
            awaitSequence(progress, 3);
            rest.stop(deployment.name);
            rest.awaitState(deployment.name, "STOPPED");
            // STOPPED is said before the tasks have stored their last offset.
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
                progress.skipToEnd();
                JsonNode offsets = rest.offsets(deployment.name);
                assertThat(offsets.at("/offsets/0/offset/sequence").asLong())
                        .as("%s", offsets)
                        .isEqualTo(last(progress));
            });
            JsonNode stored = rest.offsets(deployment.name).at("/offsets/0");
            assertThat(stored.at("/partition/pipeline").asText()).isEqualTo("shop");
            String altered = "{\"offsets\": [{\"partition\": " + stored.path("partition") + ", \"offset\": %s}]}";
            assertThatThrownBy(() ->
                            rest.alterOffsets(deployment.name, JSON.readTree(altered.formatted("{\"sequence\": -1}"))))
                    .isInstanceOf(ConnectRestException.class)
                    .hasMessageContaining("integer of at least 0");
            rest.alterOffsets(deployment.name, JSON.readTree(altered.formatted("{\"sequence\": 1000}")));
            progress.skipToEnd();
            rest.resume(deployment.name);
            assertThat(progress.awaitRecord(entry -> true)
                            .value()
                            .path("sequence")
                            .asLong())
                    .isEqualTo(1001);
            rest.delete(deployment.name);
        }
    }

    @Test
    void secretsThatStandAsReferencesAreStoredAsReferences() throws Exception {
        Path secrets = Files.createTempFile(Files.createDirectories(Path.of("target", "secrets")), "db", ".properties");
        Files.writeString(secrets, "password=" + Deployment.PASSWORD + "\n");
        Map<String, String> provider = Map.of(
                "config.providers", "file",
                "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        deployment
                .with("database.password", "${file:" + secrets.toAbsolutePath() + ":password}")
                .with("pipelines.shop.database.password", "${file:" + secrets.toAbsolutePath() + ":password}");
        try (ConnectWorker worker = worker(provider);
                ProgressReader progress = deployment.progress();
                ProgressReader configs = new ProgressReader(stack.broker(), cluster + "-configs")) {
            deployment.deploy(worker);
            assertThat(progress.awaitRecord(entry -> true)
                            .value()
                            .path("source_lsn")
                            .isNull())
                    .as("the reference is resolved and the password right")
                    .isFalse();
            configs.awaitRecord(entry -> true);
            configs.skipToEnd();
            String stored = configs.entries().toString();
            assertThat(stored).contains("task.pipelines").contains("${file:").doesNotContain(Deployment.PASSWORD);
            worker.rest().delete(deployment.name);
        }
    }
}
