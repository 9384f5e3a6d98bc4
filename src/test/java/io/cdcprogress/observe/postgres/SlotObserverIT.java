package io.cdcprogress.observe.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.config.PostgresSettings;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.OpenTransaction;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.TopicSelector;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.PostgresRelease;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.postgresql.PGConnection;

/** The one statement against real servers, from the oldest to the newest. */
@Tag("embedded")
@ParameterizedClass
@EnumSource(PostgresRelease.class)
class SlotObserverIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private static EmbeddedDatabase database;

    private final PostgresRelease release;

    SlotObserverIT(PostgresRelease release) {
        this.release = release;
    }

    @BeforeParameterizedClassInvocation
    static void start(PostgresRelease release) {
        database = EmbeddedDatabase.start(release);
        database.createDatabase("shop");
        database.execute(
                "shop",
                "CREATE ROLE monitor LOGIN PASSWORD 'monitor'",
                "GRANT pg_monitor TO monitor",
                "CREATE ROLE plain LOGIN PASSWORD 'plain'",
                "SELECT pg_create_logical_replication_slot('orders', 'pgoutput')",
                "SELECT pg_create_physical_replication_slot('standby')",
                "CREATE TABLE orders (id int)",
                "INSERT INTO orders SELECT generate_series(1, 1000)");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        database.close();
    }

    private static Pipeline pipeline(String name, String dbname, String slot) {
        return new Pipeline(
                name, "unused", dbname, slot, new TopicSelector("shop", null, Set.of(), Set.of()), List.of("g"), false);
    }

    private Map<String, SlotObservation> observe(String user, String password, Pipeline... pipelines)
            throws InterruptedException {
        try (SlotObserver observer = observer(user, password, pipelines)) {
            return observer.observe();
        }
    }

    private SlotObserver observer(String user, String password, Pipeline... pipelines) {
        PostgresServer server = new PostgresServer(
                database.host(), database.port(), user, new Password(password), "prefer", null, null, null);
        return new SlotObserver(
                List.of(pipelines),
                pipeline -> new PostgresSettings(server, pipeline.dbname()),
                pipeline -> null,
                TIMEOUT);
    }

    private String sql(String expression) {
        return database.query("shop", "SELECT " + expression + " FROM pg_replication_slots WHERE slot_name = 'orders'");
    }

    @Test
    void readsWhatTheServerSaysOfTheSlotAndOfItself() throws Exception {
        SlotObservation.Observed orders = (SlotObservation.Observed)
                observe("monitor", "monitor", pipeline("p", "shop", "orders")).get("p");
        assertThat(orders.slot().processedLsn()).hasToString(sql("confirmed_flush_lsn"));
        assertThat(orders.slot().restartLsn()).hasToString(sql("restart_lsn"));
        assertThat(orders.slot().active()).isFalse();
        assertThat(orders.slot().invalidation()).isNull();
        assertThat(orders.slot().walStatus()).isEqualTo(release == PostgresRelease.V12 ? null : sql("wal_status"));
        assertThat(orders.server().systemIdentifier())
                .isEqualTo(Long.parseLong(sql("(SELECT system_identifier FROM pg_control_system())")));
        assertThat(orders.server().timeline())
                .isEqualTo(Integer.parseInt(sql("(SELECT timeline_id FROM pg_control_checkpoint())")));
        assertThat(orders.server().standby()).isFalse();
        assertThat(orders.server().sourceLsn()).isGreaterThan(orders.slot().processedLsn());
        assertThat(sql("pg_current_wal_flush_lsn() >= '" + orders.server().sourceLsn() + "'"))
                .isEqualTo("t");
        assertThat(sql("clock_timestamp() - '" + orders.server().observedAt() + "' < interval '1 minute'"))
                .isEqualTo("t");
    }

    @Test
    void aRoleWithLoginAndNothingElseReadsTheSlot() throws Exception {
        assertThat(observe("plain", "plain", pipeline("p", "shop", "orders")).get("p"))
                .isInstanceOf(SlotObservation.Observed.class);
    }

    @Test
    void tellsASlotThatIsNotThereFromOneThatIsNotOurs() throws Exception {
        Map<String, SlotObservation> observed = observe(
                "monitor",
                "monitor",
                pipeline("none", "shop", "no_such_slot"),
                pipeline("physical", "shop", "standby"),
                pipeline("foreign", "postgres", "orders"),
                pipeline("good", "shop", "orders"));
        assertThat(observed.get("none"))
                .isInstanceOfSatisfying(
                        SlotObservation.Missing.class,
                        missing -> assertThat(missing.detail()).contains("no replication slot no_such_slot"));
        assertThat(observed.get("physical"))
                .isInstanceOfSatisfying(
                        SlotObservation.Missing.class,
                        missing -> assertThat(missing.detail()).contains("physical"));
        assertThat(observed.get("foreign"))
                .isInstanceOfSatisfying(
                        SlotObservation.Missing.class,
                        missing -> assertThat(missing.detail()).contains("belongs to database shop"));
        assertThat(observed.get("good")).isInstanceOf(SlotObservation.Observed.class);
    }

    @Test
    void aPipelineOfADatabaseThatDoesNotExistTakesNoOtherAlong() throws Exception {
        Map<String, SlotObservation> observed = observe(
                "monitor", "monitor", pipeline("bad", "no_such_database", "x"), pipeline("good", "shop", "orders"));
        assertThat(observed.get("bad")).isInstanceOf(SlotObservation.Missing.class);
        assertThat(observed.get("good")).isInstanceOf(SlotObservation.Observed.class);
    }

    @Test
    void sharesOneReadOnlySessionAndOneStatementOverAllObservations() throws Exception {
        try (SlotObserver observer =
                observer("monitor", "monitor", pipeline("a", "shop", "orders"), pipeline("b", "postgres", "x"))) {
            observer.observe();
            String pid = sessionPid();
            observer.observe();
            observer.observe();
            assertThat(sessionPid()).isEqualTo(pid);
            assertThat(database.query(
                            "shop",
                            "SELECT query LIKE '%pg_replication_slots%' AND usename = 'monitor' FROM pg_stat_activity"
                                    + " WHERE application_name = 'cdc-progress'"))
                    .isEqualTo("t");
        }
    }

    @Test
    void tellsTheOldestTransactionThatHasChangedSomething() throws Exception {
        assertThat(server("monitor").oldestTransaction()).isNull();
        try (Connection reading = connect();
                Connection first = connect();
                Connection second = connect()) {
            run(reading, "SELECT count(*) FROM orders");
            run(first, "INSERT INTO orders VALUES (1)");
            run(second, "INSERT INTO orders VALUES (2)");

            OpenTransaction oldest = server("monitor").oldestTransaction();

            assertThat(oldest.pid()).isEqualTo(pid(first));
            assertThat(oldest.since()).isBeforeOrEqualTo(server("monitor").observedAt());
            assertThat(server("plain").oldestTransaction())
                    .as("without the right to see it")
                    .isNull();
        }
    }

    private ServerFacts server(String user) throws InterruptedException {
        return observe(user, user, pipeline("p", "shop", "orders")).get("p").serverFacts();
    }

    private static Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection(
                "jdbc:postgresql://" + database.address() + "/shop", database.user(), database.password());
        connection.setAutoCommit(false);
        return connection;
    }

    private static void run(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int pid(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getBackendPID();
    }

    /** Fails where there is more than one session. */
    private String sessionPid() {
        return database.query(
                "shop",
                "SELECT (SELECT pid FROM pg_stat_activity WHERE application_name = 'cdc-progress'"
                        + " AND usename = 'monitor')");
    }

    @Test
    void connectsAgainAfterItsSessionWasEnded() throws Exception {
        try (SlotObserver observer = observer("monitor", "monitor", pipeline("p", "shop", "orders"))) {
            observer.observe();
            database.query("shop", "SELECT pg_terminate_backend(" + sessionPid() + ")");
            assertThat(observer.observe().get("p"))
                    .isInstanceOfSatisfying(
                            SlotObservation.Unobserved.class,
                            unobserved ->
                                    assertThat(unobserved.failure().finding()).isEqualTo(Finding.SOURCE_UNREACHABLE));
            assertThat(observer.observe().get("p")).isInstanceOf(SlotObservation.Observed.class);
        }
    }

    @Test
    void aServerThatTakesConnectionsAndSaysNothingTakesNoOtherAlong() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                SlotObserver observer = new SlotObserver(
                        List.of(pipeline("silent", "shop", "orders"), pipeline("good", "shop", "orders")),
                        pipeline -> new PostgresSettings(
                                pipeline.name().equals("good")
                                        ? server("127.0.0.1", database.port())
                                        : server("127.0.0.1", silent.getLocalPort()),
                                "shop"),
                        pipeline -> null,
                        Duration.ofSeconds(1))) {
            for (int i = 0; i < 5; i++) {
                Map<String, SlotObservation> observed = observer.observe();
                assertThat(observed.get("good")).isInstanceOf(SlotObservation.Observed.class);
                assertThat(observed.get("silent"))
                        .isInstanceOfSatisfying(
                                SlotObservation.Unobserved.class,
                                unobserved -> assertThat(unobserved.failure().detail())
                                        .contains("127.0.0.1:" + silent.getLocalPort())
                                        .contains("did not answer"));
            }
        }
    }

    private static PostgresServer server(String host, int port) {
        return new PostgresServer(host, port, "monitor", new Password("monitor"), "prefer", null, null, null);
    }

    @Test
    void saysThatTheServerRefusedThePassword() throws Exception {
        Failure failure = ((SlotObservation.Unobserved) observe("monitor", "wrong", pipeline("p", "shop", "orders"))
                        .get("p"))
                .failure();
        assertThat(failure.finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        assertThat(failure.detail())
                .contains("monitor")
                .contains("database.password")
                .doesNotContain("wrong");
    }
}
