package io.cdcprogress.observe.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the logged-in user may do on a server.
 *
 * @param databases those of the named databases that exist
 * @param connectable those of them that the user may connect to
 * @param seesOtherSessions whether the user sees what others' walsenders have sent
 */
record ServerRights(Set<String> databases, Set<String> connectable, boolean seesOtherSessions) {
    private static final String SQL = """
            SELECT d.datname, has_database_privilege(d.datname, 'CONNECT'),
                   pg_has_role(current_user, 'pg_read_all_stats', 'USAGE')
              FROM (VALUES (1)) AS server (one)
              LEFT JOIN pg_database d ON d.datname = ANY (?)
            """;

    static ServerRights read(Connection connection, List<String> dbnames) throws SQLException {
        Set<String> databases = new HashSet<>();
        Set<String> connectable = new HashSet<>();
        boolean seesOtherSessions = false;
        try (PreparedStatement statement = connection.prepareStatement(SQL)) {
            statement.setArray(1, connection.createArrayOf("text", dbnames.toArray()));
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    seesOtherSessions = rows.getBoolean(3);
                    if (rows.getString(1) != null) {
                        databases.add(rows.getString(1));
                    }
                    if (rows.getBoolean(2)) {
                        connectable.add(rows.getString(1));
                    }
                }
            }
        }
        return new ServerRights(databases, connectable, seesOtherSessions);
    }
}
