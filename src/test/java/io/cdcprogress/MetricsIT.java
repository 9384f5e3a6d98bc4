package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.metrics.ProgressMetric;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.PluginMBeans;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.TargetFolder;
import io.cdcprogress.stack.ThrottledProxy;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.Worker;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The metrics of a real worker, as anybody in its JVM sees them. */
@OnStack
@Tag("embedded")
@TestInstance(Lifecycle.PER_CLASS)
class MetricsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SharedStack stack;
    private CdcPipeline pipeline;
    private Deployment deployment;
    private PluginMBeans metrics;

    MetricsIT(SharedStack stack) {
        this.stack = stack;
    }

    @BeforeAll
    void startPipeline() {
        pipeline = stack.pipeline(
                KafkaRelease.V4_3, PipelineSpec.named(Unique.name("shop")).heartbeat());
        pipeline.insert(7);
        pipeline.awaitDrained();
        pipeline.pauseSink();
        pipeline.insert(11);
        await().atMost(PATIENCE).until(() -> pipeline.sinkLag() == 11);
    }

    @AfterAll
    void stopPipeline() {
        pipeline.close();
    }

    @BeforeEach
    void configure() {
        deployment = new Deployment(stack.database(), stack.broker())
                .watching("shop", pipeline)
                .with("pipelines.shop.source.connector", pipeline.sourceConnector())
                .with("connect.url", worker().rest().url().toString());
        metrics = new PluginMBeans(deployment.name);
    }

    @AfterEach
    void delete() {
        deployment.close();
        await().atMost(PATIENCE).until(() -> metrics.count() == 0);
    }

    private Worker worker() {
        return stack.worker(KafkaRelease.V4_3);
    }

    private Map<String, Double> shop() {
        return metrics.of("shop", pipeline.sinkGroup());
    }

    private void awaitShop(Predicate<Map<String, Double>> condition) {
        await().atMost(PATIENCE).until(this::shop, condition);
    }

    @Test
    void valuesAreThoseOfTheRecordOfTheSameObservation() {
        // Long enough to read both before the next.
        deployment.with("poll.interval.ms", "2000").deploy(worker());
        try (ProgressReader progress = deployment.progress()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                progress.skipToEnd();
                JsonNode record = progress.awaitRecord(entry -> true).value();
                Map<String, Double> values = shop();
                assertThat(record.path("total_lag_ms").isNumber()).isTrue();
                for (ProgressMetric metric : ProgressMetric.values()) {
                    if (metric.field() != null && metric.labels().size() == 2) {
                        assertThat(values.get(metric.attribute()))
                                .as("%s in %s", metric, record)
                                .isEqualTo(expected(record, metric));
                    }
                }
                assertThat(keys(values, "health:", 1.0))
                        .containsExactly(record.path("health").asText());
                assertThat(keys(values, "health:", 0.0)).hasSize(5);
                assertThat(keys(values, "finding:", 1.0))
                        .isEqualTo(Set.of(record.path("findings").asText().split(",")));
            });
        }
        assertThat(metrics.ofTask(0)).containsOnlyKeys("observation-duration-seconds");
    }

    private static Double expected(JsonNode record, ProgressMetric metric) {
        JsonNode field = record.path(metric.field());
        if (field.isBoolean()) {
            return field.asBoolean() ? 1.0 : 0.0;
        }
        double unit = metric == ProgressMetric.TOTAL_LAG_SECONDS ? 1000.0 : 1.0;
        return field.isNull() ? null : (Double) (field.asDouble() / unit);
    }

    private static Set<String> keys(Map<String, Double> values, String prefix, double value) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix) && entry.getValue() == value)
                .map(entry -> entry.getKey().substring(prefix.length()))
                .collect(Collectors.toSet());
    }

    @Test
    void whatIsNotKnownIsAbsentUntilItIsKnown() {
        try (ThrottledProxy proxy = ThrottledProxy.listen()) {
            proxy.forwardTo(stack.database().address().port());
            deployment
                    .with("database.hostname", "localhost")
                    .with("database.port", String.valueOf(proxy.port()))
                    .with("observation.timeout.ms", "1000")
                    .deploy(worker());
            awaitShop(values -> values.containsKey("retained-wal-bytes"));
            assertThat(shop()).doesNotContainKeys("safe-wal-bytes", "slot-loss-seconds", "retention-loss-seconds");
            double errors = shop().get("observation-errors-total");

            proxy.hold();

            awaitShop(values -> values.containsKey("finding:SOURCE_UNREACHABLE"));
            assertThat(shop())
                    .doesNotContainKeys("retained-wal-bytes", "slot-active", "total-lag-bytes", "slot-lag-bytes")
                    .containsEntry("sink-lag-records", 11.0)
                    .containsEntry("health:UNKNOWN", 1.0)
                    .containsEntry("health:OK", 0.0);
            awaitShop(values -> values.getOrDefault("observation-errors-total", 0.0) >= errors + 2);
            double success = shop().get("last-success-timestamp-seconds");

            proxy.release();

            awaitShop(values ->
                    values.containsKey("retained-wal-bytes") && values.get("last-success-timestamp-seconds") > success);
            awaitShop(values -> !values.containsKey("finding:SOURCE_UNREACHABLE"));
        }
    }

    @Test
    void aPipelineThatGoesAwayTakesItsSeriesAlong() {
        String group = Unique.name("nobody");
        deployment
                .watching("other", "postgres", Unique.name("missing"), Unique.name("none"), group)
                .deploy(worker());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(metrics.of("other", group))
                        .containsEntry("finding:SLOT_MISSING", 1.0)
                        .containsEntry("health:LOST", 1.0)
                        .doesNotContainKey("slot-active"));
        deployment.config.keySet().removeIf(key -> key.startsWith("pipelines.other."));
        deployment.with("pipelines", "shop").deploy(worker());
        await().atMost(PATIENCE).until(() -> metrics.of("other", group).isEmpty() && !shop().isEmpty());
    }

    @Test
    void whatIsPausedHasNoSeriesAndWhatIsStartedAgainHas() {
        deployment.deploy(worker());
        awaitShop(values -> values.containsKey("slot-active"));
        worker().rest().pause(deployment.name);
        await().atMost(PATIENCE).until(() -> metrics.count() == 0);
        worker().rest().resume(deployment.name);
        awaitShop(values -> values.containsKey("slot-active"));
        worker().rest().stop(deployment.name);
        await().atMost(PATIENCE).until(() -> metrics.count() == 0);
        worker().rest().resume(deployment.name);
        awaitShop(values -> values.containsKey("slot-active"));
        double success = shop().get("last-success-timestamp-seconds");
        worker().rest().restart(deployment.name);
        awaitShop(values -> values.getOrDefault("last-success-timestamp-seconds", 0.0) > success + 2);
        worker().rest().awaitRunning(deployment.name);
        assertThat(logged("integration-tests.log", "WARN")).isEmpty();
    }

    @Test
    void aWorkerWithoutMetricsOfPluginsRunsTheTaskAsWell() {
        try (Deployment older = new Deployment(stack.database(), stack.broker()).watching("shop", pipeline);
                ProgressReader progress = older.progress()) {
            older.deploy(stack.worker(KafkaRelease.V3_9));
            progress.awaitRecord(entry -> entry.value().path("sequence").asLong() >= 3
                    && entry.value().path("sink_lag_records").asLong() == 11);
            assertThat(new PluginMBeans(older.name).count()).isZero();
            String log = "integration-tests-worker-3.9.log";
            assertThat(logged(log, older.name)).singleElement().asString().contains(" INFO ");
        }
    }

    /** Lines of the metrics' own with that in them. */
    private static List<String> logged(String log, String with) {
        try {
            return Files.readAllLines(TargetFolder.root().resolve("logs").resolve(log)).stream()
                    .filter(line -> line.contains("io.cdcprogress.metrics.") && line.contains(with))
                    .toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
