package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.OpenTransaction;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotFacts;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One long-lived, read-only connection to a server, and the one statement that it runs. For one thread, except for
 * {@link #abort}.
 */
final class ServerSession implements ServerReader.Session {
    private final PostgresServer server;
    private final List<String> dbnames;
    private final List<String> slotNames;
    private final Duration timeout;
    private volatile Connection connection;
    private volatile boolean closed;
    private PreparedStatement statement;

    /** @param dbnames databases to log in to: the first that lets us in serves, for slots are seen from all */
    ServerSession(PostgresServer server, List<String> dbnames, List<String> slotNames, Duration timeout) {
        this.server = server;
        this.dbnames = List.copyOf(dbnames);
        this.slotNames = List.copyOf(slotNames);
        this.timeout = timeout;
    }

    /** Connects where there is no connection, and reads. After an error the connection is given up. */
    @Override
    public ServerSnapshot read() throws SQLException {
        try {
            if (connection == null) {
                connect();
            }
            return snapshot(statement);
        } catch (SQLException e) {
            abort();
            throw e;
        }
    }

    private void connect() throws SQLException {
        Connection opened = PostgresConnections.open(server, dbnames, timeout);
        statement = prepare(opened, slotNames);
        connection = opened;
        if (closed) {
            abort();
            throw new SQLException("closed while connecting");
        }
    }

    /** Reads once over a connection that is not ours to keep. */
    static ServerSnapshot read(Connection connection, List<String> slotNames) throws SQLException {
        try (PreparedStatement statement = prepare(connection, slotNames)) {
            return snapshot(statement);
        }
    }

    private static PreparedStatement prepare(Connection connection, List<String> slotNames) throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        PreparedStatement statement = connection.prepareStatement(SlotQueries.slots(version));
        statement.setArray(1, connection.createArrayOf("text", slotNames.toArray()));
        return statement;
    }

    private static ServerSnapshot snapshot(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return snapshot(rows);
        }
    }

    private static ServerSnapshot snapshot(ResultSet rows) throws SQLException {
        Map<String, ServerSnapshot.Slot> slots = new HashMap<>();
        ServerFacts facts = null;
        while (rows.next()) {
            Lsn source = lsn(rows, "source_lsn");
            Lsn insert = lsn(rows, "insert_lsn");
            facts = new ServerFacts(
                    source,
                    insert == null ? source : insert,
                    rows.getObject("observed_at", OffsetDateTime.class).toInstant(),
                    rows.getLong("system_identifier"),
                    Integer.parseInt(rows.getString("timeline"), 16),
                    rows.getBoolean("standby"),
                    oldestTransaction(rows));
            String slotName = rows.getString("slot_name");
            if (slotName != null) {
                slots.put(slotName, slot(rows, facts));
            }
        }
        return new ServerSnapshot(facts, slots);
    }

    private static OpenTransaction oldestTransaction(ResultSet rows) throws SQLException {
        OffsetDateTime since = rows.getObject("since", OffsetDateTime.class);
        return since == null ? null : new OpenTransaction(rows.getObject("pid", Integer.class), since.toInstant());
    }

    private static ServerSnapshot.Slot slot(ResultSet row, ServerFacts facts) throws SQLException {
        return new ServerSnapshot.Slot(
                facts,
                row.getString("slot_type"),
                row.getString("database"),
                new SlotFacts(
                        lsn(row, "confirmed_flush_lsn"),
                        lsn(row, "restart_lsn"),
                        lsn(row, "sent_lsn"),
                        lsn(row, "write_lsn"),
                        row.getObject("active_pid", Integer.class),
                        row.getString("wal_status"),
                        row.getObject("safe_wal_size", Long.class),
                        row.getString("invalidation")));
    }

    private static Lsn lsn(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Lsn.parse(text);
    }

    /** Drops the connection for good, also one that is just being opened. */
    @Override
    public void close() {
        closed = true;
        abort();
    }

    /** Drops the connection at once, also while another thread waits for its answer. */
    @Override
    public void abort() {
        Connection dropped = connection;
        connection = null;
        if (dropped != null) {
            try {
                dropped.abort(Runnable::run);
            } catch (SQLException e) {
                // It is gone either way; why it was dropped has been reported.
            }
        }
    }
}
