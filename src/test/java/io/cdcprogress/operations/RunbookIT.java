package io.cdcprogress.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.ProgressReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The runbook's commands, pasted from the page in its order, against what docker/compose.yml describes. */
@Tag("embedded")
class RunbookIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** HTTP errors fail, but for a rebalance, which passes. Kafka's own scripts and the REST extension are not here. */
    private static final String PRELUDE = """
            set -eu
            curl() {
                case "$*" in
                    */api/v1/monitoring/*) return ;;
                    *) command curl --fail-with-body --retry 20 --retry-delay 1 --retry-all-errors "$@" ;;
                esac
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

    @Test
    void everyBlockRunsAndThePipelineIsWellAfterANewSnapshot() throws Exception {
        // Given
        pipeline.insert("before");
        awaitArrival("before");
        try (ProgressReader progress = new ProgressReader(pipeline.broker, "cdc.progress")) {
            progress.awaitRecord(RunbookIT::isWell);

            // When
            for (Runbook.Block block : Runbook.read().blocks()) {
                run(block);
            }

            // Then
            awaitArrival("before");
            pipeline.insert("after");
            awaitArrival("after");
            progress.skipToEnd();
            progress.awaitRecord(RunbookIT::isWell);
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
