package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/** Opens connections that can only read and that give up in time. */
final class PostgresConnections {
    private static final String APPLICATION_NAME = "cdc-progress";

    private PostgresConnections() {}

    /** @param dbnames tried in turn while the server refuses the database, not the user */
    static Connection open(PostgresServer server, List<String> dbnames, Duration timeout) throws SQLException {
        Iterator<String> candidates = dbnames.iterator();
        while (true) {
            try {
                return open(server, candidates.next(), timeout);
            } catch (SQLException e) {
                if (!SqlStates.refusesDatabase(e) || !candidates.hasNext()) {
                    throw e;
                }
            }
        }
    }

    private static Connection open(PostgresServer server, String dbname, Duration timeout) throws SQLException {
        int seconds = Math.toIntExact(Math.max(1, (timeout.toMillis() + 999) / 1000));
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setServerNames(new String[] {server.hostname()});
        source.setPortNumbers(new int[] {server.port()});
        source.setDatabaseName(dbname);
        source.setUser(server.user());
        source.setPassword(server.password() == null ? null : server.password().value());
        source.setSslMode(server.sslmode());
        source.setSslRootCert(server.sslrootcert());
        source.setSslCert(server.sslcert());
        source.setSslKey(server.sslkey());
        source.setApplicationName(APPLICATION_NAME);
        source.setConnectTimeout(seconds);
        source.setLoginTimeout(seconds);
        source.setSocketTimeout(seconds);
        source.setTcpKeepAlive(true);
        // Settings of the start of the session: a SET would stay on the connections of a pooler, for others to find.
        source.setOptions("-c default_transaction_read_only=on -c statement_timeout=" + timeout.toMillis());
        // A named statement would not survive a pooler either, and saves next to nothing.
        source.setPrepareThreshold(0);
        return source.getConnection();
    }
}
