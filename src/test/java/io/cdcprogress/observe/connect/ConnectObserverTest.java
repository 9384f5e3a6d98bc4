package io.cdcprogress.observe.connect;

import static io.cdcprogress.observe.connect.ConnectStub.LISTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.TopicSelector;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one observation gives, and how long it takes. */
class ConnectObserverTest {
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration FLUSH = Duration.ofMinutes(1);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Lsn STORED = new Lsn(30838184);

    private final AtomicLong nanos = new AtomicLong(1);
    private final ConnectStub stub = new ConnectStub();
    private ConnectObserver observer = observer(stub.url());

    @AfterEach
    void close() {
        observer.close();
        stub.close();
    }

    private static Pipeline pipeline(String name) {
        TopicSelector topics = new TopicSelector("cdc", null, Set.of(), Set.of());
        return new Pipeline(name, "unused", "unused", "slot", topics, List.of("connect-sink", "other"), false);
    }

    private ConnectObserver observer(URI... urls) {
        return observer(TIMEOUT, urls);
    }

    private ConnectObserver observer(Duration timeout, URI... urls) {
        ConnectSettings settings = new ConnectSettings(List.of(urls), "monitor", new Password("hush"), Map.of());
        return new ConnectObserver(List.of(pipeline("p")), p -> "orders", settings, FLUSH, POLL, timeout, nanos::get);
    }

    private SourceConnectorFacts observe() throws InterruptedException {
        return observer.observe().sources().get("p");
    }

    @Test
    void tellsWhatConnectSays() throws Exception {
        ConnectObservation observation = observer.observe();
        assertThat(observation.kafkaClusterId()).isEqualTo("cluster");
        assertThat(observation.sources())
                .containsExactly(Map.entry(
                        "p",
                        new SourceConnectorFacts(
                                true,
                                true,
                                STORED,
                                1,
                                new ConnectorFacts("orders", State.RUNNING, null),
                                1,
                                false,
                                true,
                                null,
                                null)));
        assertThat(observation.sinkTopics())
                .containsExactly(Map.entry("connect-sink", new ConfiguredTopics(Set.of("cdc.public.orders"), null)));
    }

    @Test
    void asksForNothingWithoutAnAddressOrASourceConnector() throws Exception {
        try (ConnectObserver silent =
                new ConnectObserver(List.of(pipeline("p")), p -> "orders", null, FLUSH, POLL, TIMEOUT)) {
            assertThat(silent.observe())
                    .isEqualTo(new ConnectObservation(
                            null, Map.of("p", SourceConnectorFacts.NOT_ASKED), Map.of(), Map.of(), 0));
        }
        assertThat(stub.requests).isEmpty();
        ConnectSettings settings = new ConnectSettings(List.of(stub.url()), null, null, Map.of());
        try (ConnectObserver listing =
                new ConnectObserver(List.of(pipeline("p")), p -> null, settings, FLUSH, POLL, TIMEOUT)) {
            ConnectObservation observation = listing.observe();
            assertThat(observation.sources()).isEqualTo(Map.of("p", SourceConnectorFacts.NOT_ASKED));
            assertThat(observation.sinkTopics()).containsOnlyKeys("connect-sink");
        }
        assertThat(stub.requests).containsExactly("/", LISTING);
        assertThat(stub.logins).containsOnly("none");
    }

    @Test
    void aWorkerThatHangsDelaysOneObservationByAMomentAndNoOther() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            observer.close();
            observer = observer(
                    Duration.ofSeconds(3), URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/connect/"));
            assertThat(millis(this::observe)).isBetween(550L, 2000L);
            assertThat(observe().failure().detail()).contains("has not answered yet");
            for (int i = 0; i < 100; i++) {
                assertThat(millis(this::observe)).as("while it hangs").isLessThan(500);
            }
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThat(observe().failure().detail())
                            .contains(":" + silent.getLocalPort() + "/connect/")
                            .contains("did not answer within 3000 ms"));
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(millis(this::observe)).as("asked again").isLessThan(500);
        }
    }

    @Test
    void anAnswerThatNeverEndsIsGivenUp() throws Exception {
        try (ServerSocket slow = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            observer.close();
            observer = observer(Duration.ofMillis(500), URI.create("http://127.0.0.1:" + slow.getLocalPort()));
            observe();
            try (Socket connection = slow.accept()) {
                connection
                        .getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{".getBytes(StandardCharsets.US_ASCII));
                await().atMost(Duration.ofSeconds(10))
                        .untilAsserted(() ->
                                assertThat(observe().failure().detail()).contains("did not answer within 500 ms"));
            }
        }
    }

    @Test
    void isQuicklyClosedWhileAWorkerHangs() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            observer.close();
            observer = observer(URI.create("http://127.0.0.1:" + silent.getLocalPort()));
            observe();
            assertThat(millis(() -> observer.close())).isLessThan(500);
        }
    }

    private interface Action {
        void run() throws InterruptedException, IOException;
    }

    private static long millis(Action action) throws Exception {
        long before = System.nanoTime();
        action.run();
        return Duration.ofNanos(System.nanoTime() - before).toMillis();
    }
}
