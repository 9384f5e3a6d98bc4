package io.cdcprogress.fault;

import io.cdcprogress.Deployment;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PostgresRelease;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.Worker;
import java.util.EnumMap;
import java.util.Map;

/** Servers that bear faults; closing them is all the cleaning up. */
final class FaultStack implements AutoCloseable {
    /** What one pipeline of a server does, the slots of the others see. */
    enum Server {
        /** Somebody always writes. */
        BUSY(PostgresRelease.V17),
        /** Nobody writes but by the one scene that is on it. */
        QUIET(PostgresRelease.V17),
        /** Likewise; a snapshot of Debezium's is a long transaction to all others. */
        READ(PostgresRelease.V17),
        /** Likewise; transactions are held open here, and the WAL that slots may keep gets a limit. */
        LIMITED(PostgresRelease.V18);

        private final PostgresRelease release;

        Server(PostgresRelease release) {
            this.release = release;
        }
    }

    /** Of a Debezium that can be locked out. */
    static final String ROLE = "debezium_alone";

    private static final Map<String, String> SLOTS = Map.of("max_replication_slots", "40", "max_wal_senders", "40");

    private final Map<Server, Database> databases = new EnumMap<>(Server.class);
    private final Broker broker;
    private final Worker worker;

    FaultStack() {
        for (Server server : Server.values()) {
            databases.put(server, EmbeddedDatabase.start(server.release, SLOTS));
        }
        database(Server.BUSY)
                .execute("postgres", "CREATE ROLE " + ROLE + " SUPERUSER LOGIN PASSWORD '" + Deployment.PASSWORD + "'");
        broker = EmbeddedBroker.start(
                Map.of("log.retention.check.interval.ms", "1000", "log.initial.task.delay.ms", "1000"));
        worker = ConnectWorker.start(KafkaRelease.V4_3, broker, Unique.name("faults"), Map.of());
    }

    Database database(Server server) {
        return databases.get(server);
    }

    Broker broker() {
        return broker;
    }

    Worker worker() {
        return worker;
    }

    CdcPipeline start(Fault fault) {
        Database database = database(fault.server());
        return fault.withSink()
                ? CdcPipeline.start(fault.spec(), database, broker, worker)
                : CdcPipeline.startWithoutSink(
                        fault.spec(), database, broker, worker, fault.before().toArray(String[]::new));
    }

    @Override
    public void close() {
        worker.close();
        broker.close();
        databases.values().forEach(Database::close);
    }
}
