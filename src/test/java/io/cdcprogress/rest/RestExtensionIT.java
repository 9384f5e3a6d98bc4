package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.Deployment;
import io.cdcprogress.model.Lsn;
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
import java.util.concurrent.CompletableFuture;
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
    private static final String REACHED = "/pipelines/shop/reached?lsn=";

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
        PipelineSpec spec = PipelineSpec.named(Unique.name("shop"))
                .partitions(2)
                .heartbeat()
                .source("status.update.interval.ms", "1000");
        pipeline = CdcPipeline.start(spec, stack.database(), stack.broker(), worker);
        pipeline.insert(10);
        pipeline.awaitDrained();
        deployment
                .watching("shop", pipeline)
                .with("pipelines.shop.source.connector", pipeline.sourceConnector())
                .with("connect.url", worker.rest().url().toString())
                .with("flush.interval.ms", "1000")
                .with("inference.settle.ms", "1000")
                .with("poll.interval.ms", "1000")
                .deploy(worker);
        await().atMost(PATIENCE).untilAsserted(() -> rest.json(200, "/pipelines/shop/partitions"));
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
    void answersAreAsTheServedDescriptionSays() {
        ApiDescription api = new ApiDescription(rest.json(200, "/openapi.json"));
        api.describes("/openapi.json", 200, rest.json(200, "/openapi.json"));
        api.describes("/pipelines", 200, rest.json(200, "/pipelines"));
        for (String part : List.of("lag", "partitions", "history")) {
            api.describes("/pipelines/{pipeline_id}/" + part, 200, rest.json(200, "/pipelines/shop/" + part));
            api.describes("/pipelines/{pipeline_id}/" + part, 404, rest.json(404, "/pipelines/none/" + part));
        }
        String reached = "/pipelines/{pipeline_id}/reached";
        api.describes(reached, 200, rest.json(200, REACHED + "FFFFFFFF/0&timeout_ms=0"));
        api.describes(reached, 400, rest.json(400, REACHED + "0"));
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
        JsonNode answer = rest.json(200, "/pipelines/shop/partitions").at("/sinks/0/partitions");
        assertThat(answer).hasSize(2);
        try (ProgressReader records = deployment.partitions()) {
            for (JsonNode partition : answer) {
                JsonNode record = records.awaitRecord(entry -> List.of("topic", "partition", "observed_at").stream()
                                .allMatch(field -> entry.value().path(field).equals(partition.path(field))))
                        .value();
                Map<String, JsonNode> expected = fields(record, record);
                expected.keySet().removeAll(Answers.NOT_OF_PARTITIONS);
                assertThat(fields(partition, record))
                        .containsAllEntriesOf(expected)
                        .containsEntry("topic", RestClient.JSON.valueToTree(pipeline.topic("orders")));
            }
        }
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

    /** The end of WAL now, so of everything that has committed. */
    private String committed() {
        return stack.database().query(pipeline.sourceDatabase(), "SELECT pg_current_wal_lsn()");
    }

    private static boolean proves(JsonNode record, String lsn) {
        String proven = record.path("proven_lsn").textValue();
        return proven != null && Lsn.parse(proven).compareTo(Lsn.parse(lsn)) >= 0;
    }

    @Test
    void reachedIsTrueBecauseOfARecordThatProvesIt() {
        pipeline.insert(1);
        String lsn = committed();
        var answer = rest.ask("/api/v1/monitoring" + REACHED + lsn + "&timeout_ms=90000");
        try (ProgressReader progress = deployment.progress()) {
            // Debezium confirms a transaction with the next.
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                pipeline.insert(1);
                return answer.isDone();
            });
            JsonNode reached = RestClient.json(answer.join());
            assertThat(reached.path("reached").asBoolean()).as("%s", reached).isTrue();
            JsonNode first =
                    progress.awaitRecord(entry -> proves(entry.value(), lsn)).value();
            JsonNode cause = progress.awaitRecord(
                            entry -> entry.value().path("observed_at").equals(reached.path("observed_at")))
                    .value();
            assertThat(proves(cause, lsn)).as("%s", cause).isTrue();
            assertThat(cause.path("sequence").asLong())
                    .isGreaterThanOrEqualTo(first.path("sequence").asLong());
            assertThat(cause.path("proven_lsn")).isEqualTo(reached.path("proven_lsn"));
        }
    }

    @Test
    void reachedIsFalseWhileTheSinkIsPausedAndTrueOnceItHasGoneOn() throws Exception {
        pipeline.pauseSink();
        pipeline.insert(1);
        String lsn = committed();
        JsonNode paused = rest.json(200, REACHED + lsn + "&grade=INFERRED&timeout_ms=3000");
        assertThat(paused.path("reached").asBoolean(true)).as("%s", paused).isFalse();
        assertThat(paused.path("waited_ms").asLong()).isGreaterThanOrEqualTo(3000);
        var inferred = rest.ask("/api/v1/monitoring" + REACHED + lsn + "&grade=INFERRED&timeout_ms=90000");
        pipeline.resumeSink();
        JsonNode reached = RestClient.json(inferred.join());
        assertThat(reached.path("reached").asBoolean()).as("%s", reached).isTrue();
        pipeline.insert(1);
        pipeline.insert(1);
        assertThat(WaitForSink.reached(worker.rest().url(), "shop", lsn, PATIENCE))
                .isTrue();
    }

    @Test
    void whileTheConnectorIsPausedItsRecordIsStaleAndProvesNothing() {
        assertThat(rest.json(200, REACHED + "0/1").path("reached").asBoolean()).isTrue();
        worker.rest().pause(deployment.name());
        try {
            await().atMost(PATIENCE)
                    .until(() -> rest.json(200, LAG).at("/sinks/0/stale").asBoolean());
            JsonNode partition = rest.json(200, "/pipelines/shop/partitions").at("/sinks/0/partitions/0");
            assertThat(partition.path("stale").asBoolean()).isTrue();
            JsonNode reached = rest.json(200, REACHED + "0/1&timeout_ms=100");
            assertThat(reached.path("reached").asBoolean(true)).isFalse();
            assertThat(reached.path("stale").asBoolean()).isTrue();
        } finally {
            worker.rest().resume(deployment.name());
        }
        await().atMost(PATIENCE)
                .until(() -> !rest.json(200, LAG).at("/sinks/0/stale").asBoolean());
    }

    @Test
    void anotherWorkerOfTheClusterAnswersTheSame() {
        CompletableFuture<HttpResponse<String>> waiting;
        try (ConnectWorker second = worker()) {
            RestClient other = new RestClient(second);
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(AssertionError.class)
                    .until(() -> {
                        JsonNode one = rest.json(200, LAG);
                        JsonNode two = other.json(200, LAG);
                        return withoutAges(one).equals(withoutAges(two));
                    });
            waiting = other.ask("/api/v1/monitoring" + REACHED + "FFFFFFFF/0&timeout_ms=300000");
            other.json(200, REACHED + "FFFFFFFF/0&timeout_ms=1000");
        }
        assertThat(waiting.join().statusCode())
                .as("the answer to who waited when the worker stopped")
                .isEqualTo(503);
    }

    private static JsonNode withoutAges(JsonNode lag) {
        lag.findParents("age_ms").forEach(node -> ((ObjectNode) node).remove(List.of("age_ms", "stale")));
        return lag;
    }
}
