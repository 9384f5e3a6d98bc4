package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.Deployment;
import io.cdcprogress.record.ProgressSchemas;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Two real workers of one cluster with the extension, beside a real pipeline: what they answer is what the topics say. */
@OnStack
@Tag("embedded")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestExtensionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String LAG = "/pipelines/shop/lag";

    private final SharedStack stack;
    private final String cluster = Unique.name("rest");
    private Deployment deployment;
    private ConnectWorker worker;
    private CdcPipeline pipeline;
    private RestClient rest;

    RestExtensionIT(SharedStack stack) {
        this.stack = stack;
    }

    private ConnectWorker worker() {
        return ConnectWorker.start(
                KafkaRelease.V4_3,
                stack.broker(),
                cluster,
                Map.of(
                        "rest.extension.classes",
                        CdcProgressRestExtension.class.getName(),
                        "cdc.progress.topic",
                        deployment.name(),
                        "cdc.progress.partitions.topic",
                        deployment.name() + ".partitions"));
    }

    @BeforeAll
    void start() {
        deployment = new Deployment(stack.database(), stack.broker());
        worker = worker();
        rest = new RestClient(worker);
        HttpResponse<String> early = rest.get("/api/v1/monitoring/pipelines");
        assertThat(early.statusCode()).as(early.body()).isEqualTo(503);
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
        pipeline = CdcPipeline.start(
                PipelineSpec.named(Unique.name("shop")).partitions(2), stack.database(), stack.broker(), worker);
        pipeline.insert(10);
        pipeline.awaitDrained();
        deployment.watching("shop", pipeline).deploy(worker);
        await().atMost(PATIENCE)
                .until(() -> rest.get("/api/v1/monitoring/pipelines").statusCode() == 200);
    }

    @AfterAll
    void stop() {
        deployment.close();
        pipeline.close();
        worker.close();
    }

    @Test
    void theLagIsThatOfTheRecordInTheTopic() {
        try (ProgressReader progress = deployment.progress()) {
            await().atMost(PATIENCE).untilAsserted(() -> {
                JsonNode answer = rest.json(200, LAG);
                JsonNode sink = answer.at("/sinks/0");
                JsonNode record = progress.awaitRecord(
                                entry -> entry.value().path("sequence").asLong()
                                        >= sink.path("sequence").asLong())
                        .value();
                assertThat(fields(sink, record)).isEqualTo(fields(record, record));
                assertThat(answer.path("source_lsn").asText())
                        .isEqualTo(record.path("source_lsn").asText());
                assertThat(answer.path("lag_bytes").isIntegralNumber()).isTrue();
                assertThat(answer.path("stale").asBoolean(true)).isFalse();
            });
        }
    }

    private static Map<String, JsonNode> fields(JsonNode node, JsonNode names) {
        Map<String, JsonNode> fields = new HashMap<>();
        names.fieldNames().forEachRemaining(name -> fields.put(name, node.path(name)));
        return fields;
    }

    @Test
    void everyFieldOfTheRecordIsThere() {
        List<String> schema =
                ProgressSchemas.PROGRESS.fields().stream().map(Field::name).toList();
        assertThat(rest.json(200, LAG).at("/sinks/0").fieldNames()).toIterable().containsAll(schema);
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatThereIsIsNamed() {
        assertThat(rest.json(404, "/pipelines/nothing/lag").path("message").asText())
                .isEqualTo("there is no pipeline nothing; there are: shop");
        assertThat(rest.json(404, "/pipelines/shop/history?sink_group=none")
                        .path("message")
                        .asText())
                .contains(pipeline.sinkGroup());
    }

    @Test
    void partitionsAreThoseOfTheirTopic() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode partitions = rest.json(200, "/pipelines/shop/partitions").at("/sinks/0/partitions");
            assertThat(partitions).hasSize(2);
            long committed = 0;
            for (JsonNode partition : partitions) {
                assertThat(partition.path("topic").asText()).isEqualTo(pipeline.topic("orders"));
                assertThat(partition.path("stale").asBoolean(true)).isFalse();
                committed += partition.path("committed_offset").asLong();
            }
            assertThat(committed).isEqualTo(10);
        });
    }

    @Test
    void theHistoryHasColumnsOfOneLength() {
        JsonNode sink = rest.json(200, "/pipelines/shop/history").at("/sinks/0");
        assertThat(sink.path("sink_group").asText()).isEqualTo(pipeline.sinkGroup());
        assertThat(sink.path("observed_at")).isNotEmpty();
        for (String column : History.COLUMNS) {
            assertThat(sink.path(column)).as(column).hasSameSizeAs(sink.path("observed_at"));
        }
        assertThat(sink.path("health")).hasSameSizeAs(sink.path("observed_at"));
    }

    @Test
    void thePageIsServedAndNothingElse() {
        HttpResponse<String> page = rest.get("/cdc-progress/");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .startsWith("default-src 'none'");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        assertThat(rest.get("/cdc-progress/", "If-None-Match", tag).statusCode())
                .isEqualTo(304);
        HttpResponse<String> bare = rest.get("/cdc-progress");
        assertThat(bare.statusCode()).isEqualTo(307);
        assertThat(bare.headers().firstValue("Location").orElseThrow()).endsWith("/cdc-progress/");
        assertThat(rest.get("/cdc-progress/uPlot.iife.min.js").body()).contains("uPlot");
        assertThat(rest.get("/cdc-progress/uPlot.min.css").headers().firstValue("Content-Type"))
                .hasValue("text/css;charset=utf-8");
        for (String other : List.of("version.properties", "uPlot.cjs.js", "%2e%2e%2fversion.properties", "a/b")) {
            assertThat(rest.get("/cdc-progress/" + other).statusCode())
                    .as(other)
                    .isIn(400, 404);
        }
    }
}
