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
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final String LAST_SUCCESS = "last-success-timestamp-seconds";

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

    private Map<String, Double> awaitShop(Predicate<Map<String, Double>> condition) {
        return await().atMost(PATIENCE).until(this::shop, condition);
    }

    /** The key has a value of more than that. */
    private static Predicate<Map<String, Double>> above(String key, double value) {
        return values -> values.containsKey(key) && values.get(key) > value;
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
            double errors = awaitShop(above("retained-wal-bytes", 0).and(above("observation-errors-total", -1)))
                    .get("observation-errors-total");
            assertThat(shop()).doesNotContainKeys("safe-wal-bytes", "slot-loss-seconds", "retention-loss-seconds");

            proxy.hold();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(shop())
                            .doesNotContainKeys(
                                    "retained-wal-bytes", "slot-active", "total-lag-bytes", "slot-lag-bytes")
                            .containsEntry("finding:SOURCE_UNREACHABLE", 1.0)
                            .containsEntry("sink-lag-records", 11.0)
                            .containsEntry("health:UNKNOWN", 1.0)
                            .containsEntry("health:OK", 0.0));
            double success =
                    awaitShop(above("observation-errors-total", errors + 1)).get(LAST_SUCCESS);

            proxy.release();

            awaitShop(above("retained-wal-bytes", 0).and(above(LAST_SUCCESS, success)));
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
        awaitShop(above("slot-active", 0));
        worker().rest().pause(deployment.name);
        await().atMost(PATIENCE).until(() -> metrics.count() == 0);
        worker().rest().resume(deployment.name);
        awaitShop(above("slot-active", 0));
        worker().rest().stop(deployment.name);
        await().atMost(PATIENCE).until(() -> metrics.count() == 0);
        worker().rest().resume(deployment.name);
        double success =
                awaitShop(above("slot-active", 0).and(above(LAST_SUCCESS, 0))).get(LAST_SUCCESS);
        worker().rest().restart(deployment.name);
        awaitShop(above(LAST_SUCCESS, success + 2));
        worker().rest().awaitRunning(deployment.name);
        assertThat(logged("integration-tests.log")).noneMatch(line -> line.contains(" WARN "));
    }

    @Test
    void aWorkerWithoutMetricsOfPluginsRunsTheTaskAsWell() {
        try (Deployment older = new Deployment(stack.database(), stack.broker()).watching("shop", pipeline);
                ProgressReader progress = older.progress()) {
            older.deploy(stack.worker(KafkaRelease.V3_9));
            progress.awaitRecord(entry -> entry.value().path("sequence").asLong() >= 3
                    && entry.value().path("sink_lag_records").asLong() == 11);
            assertThat(new PluginMBeans(older.name).count()).isZero();
            assertThat(logged("integration-tests-worker-3.9.log", older.name))
                    .singleElement()
                    .asString()
                    .contains(" INFO ");
        }
    }

    private List<String> logged(String log) {
        return logged(log, deployment.name);
    }

    /** Lines of the metrics' own; a connector's threads have its name. */
    private static List<String> logged(String log, String connector) {
        try (Stream<String> lines =
                Files.lines(TargetFolder.root().resolve("logs").resolve(log), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(" io.cdcprogress.metrics.") && line.contains(connector))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
