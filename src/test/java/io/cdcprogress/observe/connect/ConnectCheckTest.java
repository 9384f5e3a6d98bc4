package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.observe.connect.ConnectStub.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectCheckTest {
    private final ConnectStub stub = new ConnectStub();
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "pipelines", "p",
            "pipelines.p.topic.prefix", "shop",
            "pipelines.p.sink.groups", "g",
            "database.hostname", "unused",
            "database.dbname", "unused",
            "database.user", "unused",
            "kafka.bootstrap.servers", "unused:9092",
            "connect.url", stub.url().toString(),
            "connect.user", "monitor",
            "connect.password", "hush"));

    @AfterEach
    void close() {
        stub.close();
    }

    private List<Complaint> complaints() throws InterruptedException {
        List<Complaint> complaints = ConnectCheck.check(new CdcProgressConfig(properties), Duration.ofSeconds(5));
        assertThat(complaints.toString()).doesNotContain("hush");
        return complaints;
    }

    private void assertRefused(String key, String words) throws InterruptedException {
        assertThat(complaints()).singleElement().satisfies(complaint -> {
            assertThat(complaint.key()).isEqualTo(key);
            assertThat(complaint.message()).contains(words);
        });
    }

    @Test
    void asksOnceAndTakesWhatMayComeRight() throws Exception {
        properties.put("pipelines.p.source.connector", "not-there-yet");
        assertThat(complaints()).isEmpty();
        assertThat(stub.requests).containsExactly(ConnectStub.LISTING);
        stub.instead = new Reply(500, "");
        assertThat(complaints()).isEmpty();
        stub.close();
        assertThat(complaints()).isEmpty();
    }

    @Test
    void asksNothingWithoutAnAddress() throws Exception {
        properties.keySet().removeIf(key -> key.startsWith("connect."));
        assertThat(complaints()).isEmpty();
        assertThat(stub.requests).isEmpty();
    }

    @Test
    void refusesALoginThatConnectRefuses() throws Exception {
        stub.instead = new Reply(401, "hush");
        assertRefused("connect.password", "refused the login");
        stub.instead = new Reply(403, "hush");
        assertRefused("connect.user", "let connect.user read it");
    }

    @Test
    void refusesStoresThatCantBeUsed() throws Exception {
        properties.put("connect.ssl.truststore.location", "/no/such/store");
        properties.put("connect.ssl.truststore.password", "hush");
        assertRefused("connect.ssl.truststore.location", "/no/such/store");
    }
}
