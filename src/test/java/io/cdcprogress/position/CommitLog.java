package io.cdcprogress.position;

import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.StackException;
import io.cdcprogress.stack.Unique;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Every transaction on some tables since it was opened, by a replication slot of its own. */
final class CommitLog implements AutoCloseable {
    private final Database database;
    private final String dbname;
    private final String name = Unique.name("oracle");

    CommitLog(Database database, String dbname, List<String> tables) {
        this.database = database;
        this.dbname = dbname;
        database.execute(
                dbname,
                "CREATE PUBLICATION " + name + " FOR TABLE " + String.join(", ", tables),
                "SELECT pg_create_logical_replication_slot('" + name + "', 'pgoutput')");
    }

    /** In the order of their commits; the times are those of {@code pg_xact_commit_timestamp}. */
    List<CommittedTransaction> read() {
        PgOutput output = new PgOutput();
        try (Connection connection = database.connect(dbname)) {
            try (PreparedStatement changes =
                            connection.prepareStatement("SELECT data FROM pg_logical_slot_peek_binary_changes('" + name
                                    + "', NULL, NULL, 'proto_version', '1', 'publication_names', '" + name + "')");
                    ResultSet rows = changes.executeQuery()) {
                while (rows.next()) {
                    output.read(rows.getBytes(1));
                }
            }
            return withCommitTimes(connection, output.transactions());
        } catch (SQLException e) {
            throw new StackException("the oracle's slot " + name, e);
        }
    }

    private static List<CommittedTransaction> withCommitTimes(
            Connection connection, List<CommittedTransaction> transactions) throws SQLException {
        List<CommittedTransaction> timed = new ArrayList<>();
        String xids = transactions.stream().map(t -> Long.toString(t.xid())).collect(Collectors.joining(","));
        try (PreparedStatement times = connection.prepareStatement(
                        "SELECT (extract(epoch FROM pg_xact_commit_timestamp(x::xid)) * 1000000)::bigint"
                                + " FROM unnest(string_to_array(?, ',')) WITH ORDINALITY AS all_of(x, i) ORDER BY i");
                ResultSet rows = query(times, xids)) {
            for (CommittedTransaction t : transactions) {
                rows.next();
                if (rows.getLong(1) != t.commitMicros()) {
                    throw new StackException("two commit times for " + t + ": " + rows.getLong(1));
                }
                timed.add(t);
            }
        }
        return timed;
    }

    private static ResultSet query(PreparedStatement statement, String argument) throws SQLException {
        statement.setString(1, argument);
        return statement.executeQuery();
    }

    @Override
    public void close() {
        database.execute(
                dbname, "SELECT pg_drop_replication_slot('" + name + "')", "DROP PUBLICATION IF EXISTS " + name);
    }
}
