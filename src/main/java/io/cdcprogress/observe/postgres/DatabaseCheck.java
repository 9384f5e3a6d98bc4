package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.config.DatabaseKeys;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.config.PostgresSettings;
import io.cdcprogress.model.Pipeline;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a database whether a configuration can work: complains of what it refuses, and only warns of what may come
 * right by itself.
 */
public final class DatabaseCheck {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseCheck.class);

    private DatabaseCheck() {}

    /** The pipelines to check together: those of one database. */
    public static Collection<List<Pipeline>> byDatabase(CdcProgressConfig config) {
        return config.pipelines().stream()
                .collect(Collectors.groupingBy(pipeline -> config.database(pipeline.name())))
                .values();
    }

    /**
     * What a database says.
     *
     * @param pipelines those of one database
     */
    public static List<Complaint> check(CdcProgressConfig config, List<Pipeline> pipelines) {
        PostgresSettings database = config.database(pipelines.get(0).name());
        ServerSession session = new ServerSession(
                database.server(),
                List.of(database.dbname()),
                pipelines.stream().map(Pipeline::slotName).toList(),
                config.observationTimeout());
        try {
            ServerSnapshot snapshot = session.read();
            if (!session.seesOtherSessions()) {
                LOG.warn(
                        "User {} is not a member of pg_monitor: sent_lsn stays unknown. GRANT pg_monitor TO {}",
                        database.server(),
                        database.server().user());
            }
            return checkSlots(snapshot, pipelines);
        } catch (SQLException e) {
            return complain(e, config, database, pipelines);
        } finally {
            session.close();
        }
    }

    private static List<Complaint> checkSlots(ServerSnapshot snapshot, List<Pipeline> pipelines) {
        List<Complaint> complaints = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
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
        return complaints;
    }

    private static List<Complaint> complain(
            SQLException e, CdcProgressConfig config, PostgresSettings database, List<Pipeline> pipelines) {
        String key = SqlStates.refusedKey(e);
        String message = SqlStates.failure(e, database.server()).detail();
        if (key == null) {
            LOG.warn("The configuration could not be checked against the database: {}", message);
            return List.of();
        }
        return pipelines.stream()
                .map(pipeline -> new Complaint(config.databaseKey(pipeline.name(), key), message))
                .distinct()
                .toList();
    }
}
