package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What Connect's own validation answers, over REST: the wrong key is named, the temporary is let pass. */
@OnStack
@Tag("embedded")
@ParameterizedClass
@EnumSource(KafkaRelease.class)
class ValidationIT {
    private final KafkaRelease release;
    private final SharedStack stack;
    private final String slot = Unique.name("slot");
    private Deployment deployment;

    ValidationIT(KafkaRelease release, SharedStack stack) {
        this.release = release;
        this.stack = stack;
    }

    @BeforeEach
    void start() {
        stack.database().execute("postgres", "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
        deployment = new Deployment(stack.database(), stack.broker())
                .watching("shop", "postgres", slot, "shop", "connect-sink")
                .with("observation.timeout.ms", "2000");
    }

    @AfterEach
    void stop() {
        stack.database().execute("postgres", "SELECT pg_drop_replication_slot('" + slot + "')");
    }

    private Map<String, String> errors() {
        Map<String, String> config = new HashMap<>(deployment.config);
        config.put("name", deployment.name);
        JsonNode answer = stack.worker(release).rest().validate("CdcProgressSourceConnector", config);
        assertThat(answer.toString()).as("secrets").doesNotContain(Deployment.PASSWORD);
        Map<String, String> errors = new HashMap<>();
        for (JsonNode entry : answer.path("configs")) {
            if (!entry.at("/value/errors").isEmpty()) {
                errors.put(
                        entry.at("/value/name").asText(),
                        entry.at("/value/errors").toString());
            }
        }
        assertThat(answer.path("error_count").asInt()).as("%s", errors).isEqualTo(errors.size());
        return errors;
    }

    private void assertRefused(String key, String words) {
        Map<String, String> errors = errors();
        assertThat(errors).containsOnlyKeys(key);
        assertThat(errors.get(key)).contains(words);
    }

    @Test
    void takesARightConfiguration() {
        assertThat(errors()).isEmpty();
    }

    @Test
    void namesTheKeyOfAPipelineThatIsWrong() {
        deployment.with("pipelines.shop.slotname", "x");
        assertRefused("pipelines.shop.slotname", "did you mean pipelines.shop.slot.name?");
    }

    @Test
    void refusesAWrongPasswordOnItsKey() {
        deployment.with("database.password", "wrong");
        assertRefused("database.password", "password authentication failed");
    }

    @Test
    void refusesAWrongPasswordOnThePipelinesOwnKeyWhereItHasOne() {
        deployment.with("pipelines.shop.database.password", "wrong");
        assertRefused("pipelines.shop.database.password", "password authentication failed");
    }

    @Test
    void refusesAMissingPasswordOnItsKey() {
        deployment.config.remove("database.password");
        assertRefused("database.password", "no password was provided");
    }

    @Test
    void refusesTlsThatTheServerDoesNotHave() {
        deployment.with("database.sslmode", "require");
        assertRefused("database.sslmode", "SSL");
    }

    @Test
    void refusesATruststoreThatIsNotThere() {
        deployment
                .with("kafka.security.protocol", "SSL")
                .with("kafka.ssl.truststore.location", "/no/such/truststore.jks")
                .with("kafka.ssl.truststore.password", Deployment.PASSWORD);
        assertRefused("kafka.ssl.truststore.location", "/no/such/truststore.jks");
    }

    @Test
    void refusesARoleThatMayNotConnect() {
        String closed = Unique.name("closed");
        stack.database().createDatabase(closed);
        stack.database().execute(closed, "REVOKE CONNECT ON DATABASE " + closed + " FROM PUBLIC");
        deployment.with("pipelines.shop.database.dbname", closed);
        assertRefused("database.user", "CONNECT");
    }

    @Test
    void refusesARoleThatMayNotLogIn() {
        stack.database().execute("postgres", "ALTER ROLE \"" + deployment.name + "\" NOLOGIN");
        assertRefused("database.user", "not permitted to log in");
    }

    @Test
    void refusesADatabaseThatTheServerDoesNotHave() {
        deployment.with("pipelines.shop.database.dbname", "no_such_database");
        assertRefused("pipelines.shop.database.dbname", "no_such_database");
    }

    @Test
    void refusesASlotOfAnotherDatabase() {
        String other = Unique.name("other");
        stack.database().createDatabase(other);
        deployment.with("pipelines.shop.database.dbname", other);
        assertRefused("pipelines.shop.slot.name", "belongs to database postgres");
    }

    @Test
    void refusesKafkaSettingsThatTheClientsRefuse() {
        deployment.with("kafka.request.timeout.ms", "soon");
        assertRefused("kafka.request.timeout.ms", "Not a number");
    }

    @Test
    void refusesAConverterThatTheWorkerDoesNotHave() {
        deployment.with("pipelines.shop.value.converter", "com.example.AvroConverter");
        assertRefused("pipelines.shop.value.converter", "this worker has no class com.example.AvroConverter");
    }

    @Test
    void takesAConverterThatTheWorkerHas() {
        deployment
                .with("pipelines.shop.value.converter", "org.apache.kafka.connect.json.JsonConverter")
                .with("pipelines.shop.value.converter.schemas.enable", "false");
        assertThat(errors()).isEmpty();
    }

    @Test
    void takesWhatMayBeTemporary() {
        deployment
                .with("pipelines.shop.slot.name", "not_there_yet")
                .with("pipelines.shop.sink.groups", "not-there-yet")
                .with("pipelines.shop.topic.prefix", "not.there.yet");
        assertThat(errors()).isEmpty();
        deployment.with("database.hostname", "no-such-host.invalid");
        assertThat(errors()).isEmpty();
        deployment.with("kafka.bootstrap.servers", "no-such-host.invalid:9092");
        assertThat(errors()).isEmpty();
    }

    @Test
    void answersThoughTheServersTakeConnectionsAndSayNothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            deployment
                    .with("database.hostname", "127.0.0.1")
                    .with("database.port", String.valueOf(silent.getLocalPort()))
                    .with("kafka.bootstrap.servers", "127.0.0.1:" + silent.getLocalPort());
            long before = System.nanoTime();
            assertThat(errors()).isEmpty();
            // The timeout is 2 s; a hang would last until Connect's own limit of 90 s.
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(20));
        }
    }
}
