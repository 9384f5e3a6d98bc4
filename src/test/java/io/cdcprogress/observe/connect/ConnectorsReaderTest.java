package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.ListedConnectors;
import io.cdcprogress.model.ListedConnectors.Source;
import io.cdcprogress.observe.connect.ConnectStub.Reply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConnectorsReaderTest {
    private static final String TOPICS = "/connectors/my%20orders/topics";

    private final ConnectStub connect = new ConnectStub();
    private long now;
    private final ConnectorsReader reader = new ConnectorsReader(
            new ConnectSettings(List.of(connect.url()), null, null, Map.of()), Duration.ofSeconds(5), () -> now);

    @BeforeEach
    void list() {
        connect.replies.put(DiscoveryListing.PATH, new Reply(200, """
                {"my orders": {"info": {"type": "source", "config": {
                     "connector.class": "io.debezium.connector.postgresql.PostgresConnector", "database.password": "hush",
                     "database.hostname": "db", "database.port": "5433", "database.dbname": "shop",
                     "slot.name": "${file:/x:slot}", "topic.prefix": "shop", "topic.heartbeat.prefix": "beat"}}},
                 "mysql": {"info": {"type": "source", "config": {"connector.class": "MySqlConnector"}}},
                 "told": {"info": {"type": "sink", "config": {"topics": "a, b", "consumer.override.group.id": "mine"}}},
                 "all": {"info": {"type": "sink", "config": {"topics.regex": "a.*"}}},
                 "untold": {"info": {"type": "sink", "config": {"topics": "${file:/x:topics}"}}},
                 "going": {"info": null}}"""));
        connect.replies.put(TOPICS, topics("my orders", "\"orders\", \"beat.shop\""));
        connect.replies.put("/connectors/untold/topics", topics("untold", "\"c\""));
    }

    @AfterEach
    void stop() {
        connect.close();
    }

    private static Reply topics(String connector, String topics) {
        return new Reply(200, "{\"" + connector + "\": {\"topics\": [" + topics + "]}}");
    }

    private long countTopics() {
        return connect.count(TOPICS);
    }

    private ListedConnectors after(Duration time) throws InterruptedException {
        now += time.toNanos();
        return reader.read();
    }

    @Test
    void takesWhatPipelinesAreMadeOfAndNothingElse() throws InterruptedException {
        ListedConnectors listed = reader.read();
        assertThat(listed.failure()).isNull();
        assertThat(listed.sources())
                .isEqualTo(Map.of(
                        "my orders",
                        new Source(
                                "${file:/x:slot}",
                                "shop",
                                "beat",
                                "db",
                                "5433",
                                "shop",
                                Set.of("orders", "beat.shop"))));
        assertThat(listed.sinks()).containsOnlyKeys("told", "all", "untold");
        assertThat(listed.sinks().get("told").groupId()).isEqualTo("mine");
        assertThat(listed.sinks().get("told").configured().names()).containsExactlyInAnyOrder("a", "b");
        assertThat(listed.sinks().get("all").configured().matches("ab")).isTrue();
        assertThat(listed.sinks().get("untold").configured()).isNull();
        assertThat(listed.sinks().get("untold").topics()).containsExactly("c");
        assertThat(listed.unread()).containsExactly("going");
        assertThat(listed.toString()).doesNotContain("hush");
    }

    @Test
    void knowsDebeziumByTheNamesThatConnectTakes() throws InterruptedException {
        for (String name :
                List.of("io.debezium.connector.postgresql.PostgresConnector", "PostgresConnector", "Postgres")) {
            connect.replies.put(
                    DiscoveryListing.PATH,
                    new Reply(
                            200, "{\"my orders\": {\"info\": {\"config\": {\"connector.class\": \"" + name + "\"}}}}"));
            assertThat(reader.read().sources()).as(name).containsOnlyKeys("my orders");
        }
    }

    @Test
    void asksForTopicsOnceAMinuteAndSoonerOnlyWhileTheyChange() throws InterruptedException {
        reader.read();
        after(Duration.ofSeconds(9));
        assertThat(countTopics()).isEqualTo(1);
        after(Duration.ofSeconds(1));
        assertThat(countTopics()).as("found 10 s ago").isEqualTo(2);
        after(Duration.ofSeconds(20));
        after(Duration.ofSeconds(40));
        assertThat(countTopics()).isEqualTo(4);
        connect.replies.put(TOPICS, topics("my orders", "\"orders\", \"new\""));
        ListedConnectors listed = null;
        for (int i = 0; i < 6; i++) {
            listed = after(Duration.ofSeconds(10));
        }
        assertThat(countTopics()).as("a minute later").isEqualTo(5);
        assertThat(listed.sources().get("my orders").topics()).containsExactlyInAnyOrder("orders", "new");
        after(Duration.ofSeconds(10));
        assertThat(countTopics()).as("they have changed").isEqualTo(6);
        assertThat(connect.count("/connectors/told/topics")).isZero();
    }

    @Test
    void doesWithoutTopicsWhereConnectDoesNotTrackThem() throws InterruptedException {
        connect.replies.put(TOPICS, new Reply(403, "{\"message\": \"Topic tracking is disabled.\"}"));
        ListedConnectors listed = reader.read();
        assertThat(listed.sources().get("my orders").topics()).isNull();
        assertThat(listed.unread()).containsExactly("going");
        after(Duration.ofSeconds(59));
        assertThat(countTopics()).isEqualTo(1);
    }

    @Test
    void keepsTheTopicsThatItKnowsWhenTheyAreNotToldAgain() throws InterruptedException {
        reader.read();
        connect.replies.put(TOPICS, new Reply(500, "{}"));
        assertThat(after(Duration.ofSeconds(10)).sources().get("my orders").topics())
                .contains("orders");
    }

    @Test
    void aConnectorWhoseTopicsAreNotAnsweredIsNotReadYet() throws InterruptedException {
        connect.replies.put(TOPICS, new Reply(200, "no JSON, hush"));
        ListedConnectors listed = reader.read();
        assertThat(listed.sources()).isEmpty();
        assertThat(listed.unread()).contains("my orders", "going");
    }

    @Test
    void saysWhyNothingIsListed() throws InterruptedException {
        connect.instead = new Reply(200, "{\"a\": \"hush\"}");
        ListedConnectors listed = reader.read();
        assertThat(listed.failure().detail()).contains("not as Connect does").doesNotContain("hush");
        assertThat(listed.sources()).isEmpty();
    }
}
