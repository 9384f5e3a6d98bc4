package io.cdcprogress.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.PrometheusServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Dashboard, alerts and the runbook's commands on what docker/compose.yml describes. */
@Tag("embedded")
class OperationsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** HTTP errors fail, but for a rebalance, which passes. Kafka's own scripts are not here. */
    private static final String PRELUDE = """
            set -eu
            curl() {
                command curl --fail-with-body --retry 20 --retry-delay 1 --retry-all-errors "$@"
            }
            for script in consumer-groups configs get-offsets; do
                eval "kafka-$script.sh() { :; }"
            done
            kafka-console-consumer.sh() { echo '{"pipeline":"orders-source"}'; }
            """;

    private static ComposedPipeline pipeline;

    @BeforeAll
    static void start() {
        pipeline = new ComposedPipeline();
    }

    @AfterAll
    static void stop() {
        pipeline.close();
    }

    /** Well, and then with both halves at a standstill: nothing but a standstill has findings and deadlines. */
    @Test
    void theDashboardShowsEverythingAndAlertsWaitForWhatIsWrong() {
        if (!PrometheusServer.installed()) {
            // The runner does not show why a test was left out.
            System.out.println("[SKIPPED] OperationsIT, the dashboard: there is no prometheus on the PATH");
        }
        assumeTrue(PrometheusServer.installed(), "there is no prometheus on the PATH");
        Set<String> empty = new LinkedHashSet<>(expressions());
        ConnectRest connect = pipeline.worker.rest();
        try (PrometheusServer prometheus = PrometheusServer.start(List.of(pipeline.worker.metrics()), Alert.FILE);
                ProgressReader progress = new ProgressReader(pipeline.broker, "cdc.progress")) {
            pipeline.insert("well");
            awaitArrival("well");
            progress.awaitRecord(OperationsIT::isWell);
            await().atMost(PATIENCE).until(() -> shown(prometheus, empty, "cdc_health{state=\"OK\"} == 1"));
            // What was not known in the first moments has made one wait.
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(prometheus.alerts()).isEmpty());

            connect.pause(ComposedPipeline.SINK);
            pipeline.insert("waits");
            await().atMost(PATIENCE).until(() -> shown(prometheus, empty, "cdc_sink_lag_records > 0"));
            connect.stop(ComposedPipeline.SOURCE);

            await().atMost(PATIENCE.multipliedBy(2)).untilAsserted(() -> {
                // Without WAL there is no deadline.
                pipeline.insert("is not captured yet");
                assertThat(shown(prometheus, empty, "cdc_finding")).isTrue();
                assertThat(empty).as("have given no data yet").isEmpty();
            });
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(prometheus.alerts()).contains("CdcSinkStalled", "CdcSourceStalled"));
        } finally {
            connect.resume(ComposedPipeline.SOURCE);
            connect.resume(ComposedPipeline.SINK);
        }
    }

    private static List<String> expressions() {
        try {
            return Dashboard.read().expressions();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes away what gives data now; whether the condition gives some, too. */
    private static boolean shown(PrometheusServer prometheus, Set<String> empty, String condition) {
        empty.removeIf(expression -> !prometheus.query(expression).isEmpty());
        return !prometheus.query(condition).isEmpty();
    }

    @Test
    void theRunbooksBlocksRunAndThePipelineIsWellAfterANewSnapshot() throws Exception {
        // Given
        pipeline.insert("before");
        awaitArrival("before");
        try (ProgressReader progress = new ProgressReader(pipeline.broker, "cdc.progress")) {
            progress.awaitRecord(OperationsIT::isWell);

            // When
            for (Runbook.Block block : Runbook.read().blocks()) {
                run(block);
            }

            // Then
            awaitArrival("before");
            pipeline.insert("after");
            awaitArrival("after");
            progress.skipToEnd();
            progress.awaitRecord(OperationsIT::isWell);
        }
    }

    private static boolean isWell(ProgressReader.Entry entry) {
        return entry.value().path("pipeline").asText().equals(ComposedPipeline.SOURCE)
                && entry.value().path("sink_group").asText().equals("connect-" + ComposedPipeline.SINK)
                && entry.value().path("health").asText().equals("OK")
                && !entry.value().path("sink_lsn").isNull();
    }

    private static void awaitArrival(String name) {
        await("row " + name).atMost(PATIENCE).until(() -> pipeline.arrived(name));
    }

    /** The two that take a new snapshot do so: an empty target is filled again. */
    private static void run(Runbook.Block block) throws Exception {
        boolean signals = block.text().contains("execute-snapshot");
        boolean begins = block.text().contains("/stop");
        if (signals || begins) {
            pipeline.database.execute("warehouse", "DELETE FROM customers");
        }
        if (block.language().equals("sql")) {
            sql(block.text());
        } else {
            bash(block.text());
        }
        if (signals) {
            awaitArrival("before");
        }
        if (block.text().contains("drop_replication_slot")) {
            assertThat(pipeline.database.query("orders", "SELECT slot_name FROM pg_replication_slots"))
                    .isNull();
        }
    }

    private static void sql(String text) throws SQLException {
        try (Connection connection = pipeline.database.connect("orders");
                Statement statement = connection.createStatement()) {
            for (String sql : ComposedPipeline.statements(text)) {
                statement.execute(sql);
            }
        }
    }

    private static void bash(String text) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-c", PRELUDE + text)
                .directory(Path.of("target").toFile())
                .redirectErrorStream(true);
        builder.environment().put("CONNECT", pipeline.url());
        builder.environment().put("KAFKA", pipeline.broker.bootstrapServers());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(text + said).isZero();
    }
}
