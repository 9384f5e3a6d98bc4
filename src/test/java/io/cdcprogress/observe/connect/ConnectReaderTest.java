package io.cdcprogress.observe.connect;

import static io.cdcprogress.observe.connect.ConnectStub.LISTING;
import static io.cdcprogress.observe.connect.ConnectStub.OFFSETS;
import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.observe.connect.ConnectStub.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is asked of a stub, how often by a clock that is moved by hand, and what is kept. */
class ConnectReaderTest {
    private static final ConnectorFacts RUNNING = new ConnectorFacts("orders", State.RUNNING, null);
    private static final Duration FLUSH = Duration.ofMinutes(1);
    private static final Lsn STORED = new Lsn(30838184);

    private final AtomicLong nanos = new AtomicLong(1);
    private final ConnectStub stub = new ConnectStub();
    private ConnectReader reader = reader(stub.url());

    @AfterEach
    void close() {
        stub.close();
    }

    private ConnectReader reader(URI... urls) {
        ConnectSettings settings = new ConnectSettings(List.of(urls), "monitor", new Password("hush"), Map.of());
        return new ConnectReader(
                new ConnectRequests(settings, Duration.ofSeconds(5)),
                Map.of("orders", "pipelines.p.source.connector"),
                Set.of("connect-sink"),
                FLUSH,
                nanos::get);
    }

    private SourceConnectorFacts observe() throws InterruptedException {
        reader.round();
        return reader.known().facts("orders", "pipelines.p.source.connector");
    }

    /** Observes every second for as long. */
    private SourceConnectorFacts observeFor(int seconds) throws InterruptedException {
        SourceConnectorFacts facts = null;
        for (int i = 0; i < seconds; i++) {
            facts = observe();
            nanos.addAndGet(1_000_000_000);
        }
        return facts;
    }

    @Test
    void logsInWithoutBeingAsked() throws Exception {
        observe();
        String login = Base64.getEncoder().encodeToString("monitor:hush".getBytes(StandardCharsets.UTF_8));
        assertThat(stub.logins).hasSize(3).containsOnly("Basic " + login);
    }

    @Test
    void asksNoMoreOftenThanItPromises() throws Exception {
        observeFor(120);
        assertThat(stub.count("/")).isEqualTo(1);
        assertThat(stub.count(LISTING)).isEqualTo(12);
        assertThat(stub.count(OFFSETS)).isEqualTo(2);
        assertThat(stub.requests).hasSize(15);
    }

    @Test
    void asksForOffsetsAtTheListingsBeatWhileNothingIsStreamed() throws Exception {
        stub.replies.put(OFFSETS, new Reply(200, StoredOffsetsTest.AFTER_SNAPSHOT));
        SourceConnectorFacts facts = observeFor(60);
        assertThat(facts.offsetRead()).isTrue();
        assertThat(facts.storedCommit()).isNull();
        assertThat(facts.failure()).isNull();
        assertThat(stub.count(OFFSETS)).isEqualTo(6);
    }

    @Test
    void asksSoonerWhileTheListingFailsAndKeepsWhatItKnew() throws Exception {
        observe();
        nanos.addAndGet(Duration.ofSeconds(10).toNanos());
        stub.replies.put(LISTING, new Reply(500, "{\"message\":\"hush\"}"));
        stub.requests.clear();
        SourceConnectorFacts facts = observeFor(40);
        assertThat(facts.storedCommit()).isEqualTo(STORED);
        assertThat(facts.running()).isTrue();
        assertThat(facts.statusAskedAt()).isEqualTo(1);
        assertThat(facts.failure().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
        assertThat(facts.failure().detail())
                .contains(stub.url().toString(), "status 500")
                .doesNotContain("hush");
        // At 0, 1, 3, 7, 15, 25 and 35 s.
        assertThat(stub.count(LISTING)).isEqualTo(7);
        stub.replies.put(LISTING, new Reply(200, ConnectStub.listing("PAUSED")));
        facts = observeFor(11);
        assertThat(facts.failure()).isNull();
        assertThat(facts.running()).isFalse();
        assertThat(facts.statusAskedAt()).isGreaterThan(1);
    }

    @Test
    void aRefusedLoginIsNamedAndSoonNotRepeatedOften() throws Exception {
        stub.instead = new Reply(401, "hush");
        SourceConnectorFacts facts = observeFor(40);
        assertThat(facts.failure().finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        assertThat(facts.failure().detail())
                .contains(stub.url().toString(), "401", "connect.password")
                .doesNotContain("hush");
        assertThat(facts.offsetRead()).isFalse();
        assertThat(facts.connector()).isNull();
        assertThat(stub.requests).as("at 0, 1, 3, 7, 15, 25 and 35 s").hasSize(7);
    }

    @Test
    void whatIsForbiddenTakesNothingElseAlong() throws Exception {
        stub.replies.put(OFFSETS, new Reply(403, ""));
        SourceConnectorFacts facts = observeFor(60);
        assertThat(facts.running()).isTrue();
        assertThat(facts.failure().finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        assertThat(facts.failure().detail()).contains(OFFSETS, "403");
        assertThat(stub.count(OFFSETS)).isEqualTo(6);
    }

    @Test
    void aStoredCommitOutlivesFailuresButNotAnAnswerWithoutOne() throws Exception {
        observe();
        stub.replies.put(OFFSETS, new Reply(500, ""));
        SourceConnectorFacts facts = observeFor(70);
        assertThat(facts.storedCommit()).isEqualTo(STORED);
        assertThat(facts.failure().detail()).contains(OFFSETS, "500");
        stub.replies.put(OFFSETS, new Reply(200, "{\"offsets\":[]}"));
        facts = observeFor(70);
        assertThat(facts)
                .isEqualTo(new SourceConnectorFacts(
                        true,
                        true,
                        null,
                        facts.storedAskedAt(),
                        RUNNING,
                        facts.statusAskedAt(),
                        false,
                        true,
                        null,
                        null));
    }

    @Test
    void namesTheKeyOfAConnectorThatIsNotThere() throws Exception {
        stub.replies.put(LISTING, new Reply(200, "{}"));
        SourceConnectorFacts facts = observe();
        assertThat(facts.running()).isFalse();
        assertThat(facts.failure().detail()).contains("no connector orders", "pipelines.p.source.connector");
        assertThat(stub.count(OFFSETS)).isZero();
    }

    @Test
    void namesTheKeyWhereOnlyTheOffsetsSayThatItIsNotThere() throws Exception {
        stub.replies.put(LISTING, new Reply(403, ""));
        stub.replies.remove(OFFSETS);
        assertThat(observe().failure().finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        stub.replies.put(LISTING, new Reply(200, ConnectStub.listing("RUNNING")));
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(observe().failure().detail()).contains("no connector orders", "pipelines.p.source.connector");
    }

    @Test
    void saysThatAnOldConnectDoesNotTellOffsets() throws Exception {
        for (int status : new int[] {404, 405}) {
            stub.replies.put(OFFSETS, new Reply(status, ""));
            assertThat(observe().failure().detail()).contains("Kafka 3.5", "orders");
            reader = reader(stub.url());
        }
    }

    @Test
    void anAnswerThatIsNotConnectsIsNotRepeated() throws Exception {
        stub.instead = new Reply(200, "<html>hush</html>");
        assertThat(observe().failure().detail()).contains("not as Connect does").doesNotContain("hush");
    }

    @Test
    void followsNoRedirectWithTheLogin() throws Exception {
        try (ConnectStub other = new ConnectStub()) {
            stub.instead = new Reply(307, other.url() + "/");
            assertThat(observe().failure().detail()).contains("leads elsewhere", "307");
            assertThat(other.requests).isEmpty();
        }
    }

    @Test
    void asksTheNextWorkerWhereOneFailsAndStaysThere() throws Exception {
        stub.close();
        try (ConnectStub second = new ConnectStub()) {
            reader = reader(stub.url(), second.url());
            assertThat(observe())
                    .isEqualTo(new SourceConnectorFacts(true, true, STORED, 1, RUNNING, 1, false, true, null, null));
            assertThat(second.requests).containsExactly("/", LISTING, OFFSETS);
            second.instead = new Reply(409, "");
            nanos.addAndGet(Duration.ofSeconds(10).toNanos());
            assertThat(observe().failure().detail()).contains(stub.url().toString(), second.url() + " is rebalancing");
        }
    }

    @Test
    void aWorkerThatIsDownIsAskedAgainAndIsNamed() throws Exception {
        stub.close();
        SourceConnectorFacts facts = observeFor(5);
        assertThat(facts.failure().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
        assertThat(facts.failure().detail()).contains(stub.url().toString(), "connect.url");
        assertThat(facts.asked()).isTrue();
    }
}
