package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.metrics.ProgressMetric;
import io.cdcprogress.model.Health;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.PrometheusServer;
import io.cdcprogress.stack.PrometheusServer.Sample;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.WorkerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** A real Prometheus scrapes a real worker, by config/prometheus/jmx-exporter.yml. */
@OnStack
@Tag("embedded")
@TestInstance(Lifecycle.PER_CLASS)
class PrometheusIT {
    private static final Path EXPORTER = Path.of("config", "prometheus", "jmx-exporter.yml");
    private static final String PIPELINE = "shop";
    /** Without a limit of the WAL, a retention that comes near, and a pace. */
    private static final Set<ProgressMetric> UNKNOWN_HERE = EnumSet.of(
            ProgressMetric.SAFE_WAL_BYTES,
            ProgressMetric.SLOT_LOSS_SECONDS,
            ProgressMetric.RETENTION_LOSS_SECONDS,
            ProgressMetric.CATCH_UP_SECONDS,
            ProgressMetric.SINK_RECORDS_PER_SECOND,
            ProgressMetric.WAL_BYTES_PER_SECOND);

    private final SharedStack stack;
    /** What Kafka quotes in a name, what a label would end at, what the exporter's rules look for. */
    private final String oddGroup = Unique.name("odd") + " a:b=\"c\" {x}\\*? <é>: ><total-lag";

    private WorkerProcess worker;
    private CdcPipeline pipeline;
    private Deployment deployment;
    private PrometheusServer prometheus;

    PrometheusIT(SharedStack stack) {
        this.stack = stack;
    }

    @BeforeAll
    void start() throws Exception {
        if (!PrometheusServer.installed()) {
            // The runner does not show why a test was left out.
            System.out.println("[SKIPPED] PrometheusIT: there is no prometheus on the PATH");
        }
        assumeTrue(PrometheusServer.installed(), "there is no prometheus on the PATH");
        worker = WorkerProcess.start(KafkaRelease.V4_3, stack.broker(), EXPORTER);
        prometheus = PrometheusServer.start(List.of(worker.metrics()));
        pipeline = CdcPipeline.start(
                PipelineSpec.named(Unique.name("shop")).heartbeat(), stack.database(), stack.broker(), worker);
        pipeline.insert(7);
        pipeline.awaitDrained();
        pipeline.pauseSink();
        pipeline.insert(11);
        await().atMost(Duration.ofSeconds(60)).until(() -> pipeline.sinkLag() == 11);
        consumeOne(oddGroup);
        deployment = new Deployment(stack.database(), stack.broker())
                .watching(PIPELINE, pipeline)
                .with("pipelines.shop.sink.groups", pipeline.sinkGroup() + "," + oddGroup)
                .with("pipelines.shop.source.connector", pipeline.sourceConnector())
                .with("connect.url", worker.rest().url().toString())
                .deploy(worker);
    }

    /** Commits without consuming. */
    private void consumeOne(String group) throws Exception {
        try (Admin admin = stack.broker().admin()) {
            TopicPartition partition = new TopicPartition(pipeline.topics().get(0), 0);
            admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(1)))
                    .all()
                    .get();
        }
    }

    @AfterAll
    void stop() {
        Stream.of(deployment, pipeline, prometheus, worker)
                .filter(part -> part != null)
                .forEach(PrometheusIT::close);
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private double value(String expression) {
        List<Sample> samples = prometheus.query(expression);
        assertThat(samples).as(expression).hasSize(1);
        return samples.get(0).value();
    }

    private String of(String metric) {
        return metric + "{pipeline=\"" + PIPELINE + "\",sink_group=\"" + pipeline.sinkGroup() + "\"}";
    }

    @Test
    void valuesAreThoseOfTheRecordAtAStandstill() {
        try (ProgressReader progress = deployment.progress()) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                progress.skipToEnd();
                JsonNode record = progress.awaitRecord(
                                entry -> entry.key().path("sink_group").asText().equals(pipeline.sinkGroup()))
                        .value();
                assertThat(value(of("cdc_sink_lag_records"))).isEqualTo(11);
                assertThat(value(of("cdc_retained_wal_bytes")))
                        .isEqualTo(record.path("retained_wal_bytes").asDouble());
                assertThat(value(of("cdc_total_lag_bytes")))
                        .isEqualTo(record.path("total_lag_bytes").asDouble());
                assertThat(value(of("cdc_slot_active"))).isEqualTo(1);
                assertThat(value("cdc_health{state=\"" + record.path("health").asText() + "\",sink_group=\""
                                + pipeline.sinkGroup() + "\"}"))
                        .isEqualTo(1);
                assertThat(value("time() - " + of("cdc_last_success_timestamp_seconds")))
                        .isBetween(0.0, 30.0);
                assertThat(prometheus.query(of("cdc_safe_wal_bytes")))
                        .as("no limit")
                        .isEmpty();
            });
        }
    }

    @Test
    void aGroupsNameMayHoldAnything() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(prometheus.query("cdc_sink_lag_records").stream()
                                .map(sample -> sample.labels().get("sink_group")))
                        .containsExactlyInAnyOrder(pipeline.sinkGroup(), oddGroup));
        assertThat(prometheus.query("cdc_observation_errors_total").stream()
                        .map(sample -> sample.labels().get("sink_group")))
                .containsExactlyInAnyOrder(pipeline.sinkGroup(), oddGroup);
        assertThat(prometheus.query("cdc_health").stream()
                        .map(sample -> sample.labels().get("sink_group")
                                + sample.labels().get("state")))
                .containsExactlyInAnyOrderElementsOf(Stream.of(pipeline.sinkGroup(), oddGroup)
                        .flatMap(group -> Stream.of(Health.values()).map(state -> group + state))
                        .toList());
    }

    @Test
    void seriesHaveTheLabelsTypesAndHelpOfTheList() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !prometheus
                        .query("cdc_finding{finding=\"SINK_STALLED\"}")
                        .isEmpty());
        Map<String, String> metadata = prometheus.metadata();
        for (ProgressMetric metric : ProgressMetric.values()) {
            List<Sample> samples = prometheus.query(metric.prometheusName());
            for (Sample sample : samples) {
                assertThat(sample.labels().keySet())
                        .as(metric.prometheusName())
                        .containsExactlyInAnyOrderElementsOf(
                                Stream.concat(metric.labels().stream(), Stream.of("instance", "job"))
                                        .toList());
            }
            assertThat(samples.isEmpty()).as("%s is not there", metric).isIn(false, UNKNOWN_HERE.contains(metric));
            if (!samples.isEmpty()) {
                // The exporter says the name of a counter without its suffix.
                assertThat(metadata.get(metric.prometheusName().replaceFirst("_total$", "")))
                        .startsWith((metric.counter() ? "counter " : "gauge ") + metric.help());
            }
        }
    }

    @Test
    void nothingElseOfConnectIsScraped() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !prometheus.query("cdc_health").isEmpty());
        assertThat(prometheus.query("count by (__name__) ({job=\"connect\"})")).isNotEmpty();
        assertThat(prometheus.metadata().keySet().stream()
                        .map(name -> name.replaceFirst("_.*", ""))
                        .distinct())
                .containsOnly("cdc", "jmx", "jvm", "process");
        assertThat(value("jmx_scrape_error")).isZero();
    }
}
