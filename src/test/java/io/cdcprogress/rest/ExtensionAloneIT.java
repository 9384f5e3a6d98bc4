package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/** A worker with the extension and no connector: its files, and records made by hand. */
@OnStack
@Tag("embedded")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExtensionAloneIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String REACHED = "/pipelines/shop/reached?lsn=";

    private final SharedStack stack;
    private final String topic = Unique.name("progress");
    private ConnectWorker worker;
    private RestClient rest;

    ExtensionAloneIT(SharedStack stack) {
        this.stack = stack;
    }

    @BeforeAll
    void start() {
        stack.broker().createTopic(topic, 1);
        stack.broker().createTopic(topic + ".partitions", 1);
        Map<String, String> settings = Map.of(
                "rest.extension.classes",
                "CdcProgressRestExtension",
                "cdc.progress.topic",
                topic,
                "cdc.progress.partitions.topic",
                topic + ".partitions");
        worker = ConnectWorker.start(KafkaRelease.V4_3, stack.broker(), Unique.name("rest"), settings);
        rest = new RestClient(worker);
    }

    @AfterAll
    void stop() {
        worker.close();
    }

    private void produce(String value) throws ExecutionException, InterruptedException {
        produce(topic, value);
    }

    private void produce(String topic, String value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.broker().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, "key", value)).get();
        }
    }

    /** Before there are any. */
    @Test
    @Order(1)
    void whereNoRecordCanBeReadItSaysWhyAndGoesOnWithThoseThatCan() throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                rest.json(503, "/pipelines").path("message").asText())
                        .contains("holds no progress record of the last 24 hours"));
        produce("no JSON");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                rest.json(503, "/pipelines").path("message").asText())
                        .contains("none of the ", " records read from topic " + topic + " is a progress record")
                        .contains("cdc.progress.value.converter"));
        produceProgress("0/10");
        await().atMost(PATIENCE).untilAsserted(() -> rest.json(200, "/pipelines"));
    }

    private void produceProgress(String proven) throws ExecutionException, InterruptedException {
        produce(Records.progress("shop", "sink", Map.of("proven_lsn", proven, "poll_interval_ms", 600_000))
                .toString());
    }

    private int asksFor(String lsn) {
        return rest.get("/api/v1/monitoring" + REACHED + lsn + "&timeout_ms=1").statusCode();
    }

    @Test
    void aSinkWhosePartitionsAreNotKnownIsNotOneWithoutAny() throws Exception {
        produce(Records.progress("split", "sink", Map.of("sink_partitions", 1, "poll_interval_ms", 600_000))
                .toString());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rest.json(503, "/pipelines/split/partitions")
                                .path("message")
                                .asText())
                        .contains("no record of a partition of pipeline split and sink group sink"));
        produce(topic + ".partitions", "no JSON");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(rest.json(503, "/pipelines/split/partitions")
                                .path("message")
                                .asText())
                        .contains("can't be read"));
        produce(Records.progress("split", "sink", Map.of("sink_partitions", 1, "poll_interval_ms", 1))
                .toString());
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                rest.json(200, "/pipelines/split/partitions").at("/sinks/0/partitions"))
                        .as("of one that has gone")
                        .isEmpty());
    }

    @Test
    void noCacheKeepsAnAnswer() throws Exception {
        produceProgress("0/10");
        await().atMost(PATIENCE).until(() -> asksFor("0/FFFF") == 200);
        for (String path :
                List.of("/pipelines", REACHED + "0/1", REACHED + "0/FFFF&timeout_ms=1", "/pipelines/none/lag")) {
            assertThat(rest.get("/api/v1/monitoring" + path).headers().firstValue("Cache-Control"))
                    .as(path)
                    .hasValue("no-store");
        }
    }

    @Test
    void whoeverHasWaitedFreesItsPlace() throws Exception {
        produceProgress("0/10");
        await().atMost(PATIENCE).until(() -> asksFor("0/20") == 200);
        for (int i = 0; i < Waiting.MOST; i++) {
            assertThat(rest.json(200, REACHED + "0/20&timeout_ms=1")
                            .path("reached")
                            .asBoolean(true))
                    .as("%d, after the others' time-outs", i)
                    .isFalse();
        }
    }

    /** Jetty notices that they have gone only when it writes to them. */
    @Test
    void clientsThatGiveUpHoldUpNobody() throws Exception {
        produceProgress("0/10");
        await().atMost(PATIENCE).until(() -> asksFor("0/20") == 200);
        for (int i = 0; i < Waiting.MOST; i++) {
            asksAndGoes("0/20&timeout_ms=300000");
        }
        await().atMost(PATIENCE).until(() -> asksFor("0/20") == 503);
        assertThat(rest.json(200, REACHED + "0/10").path("reached").asBoolean())
                .as("what is known already needs no place")
                .isTrue();
        assertThat(worker.rest().connectors()).isEmpty();
        produceProgress("0/20");
        await().atMost(PATIENCE).until(() -> asksFor("0/30") == 200);
    }

    private void asksAndGoes(String question) throws IOException {
        URI url = worker.rest().url();
        try (Socket client = new Socket(url.getHost(), url.getPort())) {
            client.getOutputStream()
                    .write(("GET /api/v1/monitoring" + REACHED + question + " HTTP/1.1\r\nHost: x\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
        }
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
            assertThat(rest.get("/cdc-progress/" + other, "Accept", "text/html").statusCode())
                    .as(other)
                    .isIn(400, 404);
        }
    }
}
