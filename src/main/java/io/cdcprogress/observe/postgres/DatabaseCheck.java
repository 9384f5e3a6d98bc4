package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.config.DatabaseKeys;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a server, in one session, whether a configuration can work: complains of what it refuses, and only warns of what
 * may come right by itself.
 */
public final class DatabaseCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);

    private DatabaseCheck() {}

    /** The pipelines to check together: those of one server and login. */
    public static Collection<List<Pipeline>> byServer(CdcProgressConfig config) {
        return config.pipelines().stream()
                .collect(Collectors.groupingBy(
                        pipeline -> config.database(pipeline.name()).server()))
                .values();
    }

    /**
     * What a server says.
     *
     * @param pipelines those of one server and login
     */
    public static List<Complaint> check(CdcProgressConfig config, List<Pipeline> pipelines, Duration timeout) {
        PostgresServer server = config.database(pipelines.get(0).name()).server();
        List<String> dbnames =
                pipelines.stream().map(Pipeline::dbname).distinct().toList();
        try (Connection connection = PostgresConnections.open(server, dbnames, timeout)) {
            ServerRights rights = ServerRights.read(connection, dbnames);
            if (!rights.seesOtherSessions()) {
                LOG.warn("{} is not a member of pg_monitor, so sent_lsn stays unknown: GRANT it", server);
            }
            ServerSnapshot snapshot = ServerSession.read(
                    connection,
                    pipelines.stream().map(Pipeline::slotName).distinct().toList());
            List<Complaint> complaints = new ArrayList<>();
            for (Pipeline pipeline : pipelines) {
                checkDatabase(config, server, rights, pipeline, complaints);
                checkSlot(snapshot, pipeline, complaints);
            }
            return complaints;
        } catch (SQLException e) {
            return complain(e, config, server, pipelines);
        }
    }

    private static void checkDatabase(
            CdcProgressConfig config,
            PostgresServer server,
            ServerRights rights,
            Pipeline pipeline,
            List<Complaint> complaints) {
        if (!rights.databases().contains(pipeline.dbname())) {
            complaints.add(new Complaint(
                    config.decidingKey(pipeline.name(), DatabaseKeys.DBNAME),
                    "PostgreSQL at " + server.address() + " has no database " + pipeline.dbname()));
        } else if (!rights.connectable().contains(pipeline.dbname())) {
            complaints.add(new Complaint(
                    config.decidingKey(pipeline.name(), DatabaseKeys.USER),
                    "user " + server.user() + " may not connect to database " + pipeline.dbname()
                            + ": GRANT CONNECT ON DATABASE " + pipeline.dbname() + " TO " + server.user()));
        }
    }

    private static void checkSlot(ServerSnapshot snapshot, Pipeline pipeline, List<Complaint> complaints) {
        ServerSnapshot.Slot slot = snapshot.slots().get(pipeline.slotName());
        if (slot == null) {
            LOG.warn(
                    "Pipeline {}: there is no replication slot {} in {} yet",
                    pipeline.name(),
                    pipeline.slotName(),
                    pipeline.database());
        } else if (!pipeline.dbname().equals(slot.database())) {
            complaints.add(new Complaint(
                    PipelineKeys.key(pipeline.name(), PipelineKeys.SLOT_NAME),
                    "slot " + pipeline.slotName()
                            + (slot.database() == null
                                    ? " is a physical slot: name the logical slot of the Debezium connector"
                                    : " belongs to database " + slot.database() + ", not to " + pipeline.dbname()
                                            + ": correct the slot's name or " + DatabaseKeys.DBNAME)));
        }
    }

    private static List<Complaint> complain(
            SQLException e, CdcProgressConfig config, PostgresServer server, List<Pipeline> pipelines) {
        String key = SqlStates.refusedKey(e);
        String message = SqlStates.failure(e, server).detail();
        if (key == null) {
            LOG.warn("The configuration could not be checked against the database: {}", message);
            return List.of();
        }
        return pipelines.stream()
                .map(pipeline -> new Complaint(config.decidingKey(pipeline.name(), key), message))
                .distinct()
                .toList();
    }
}
