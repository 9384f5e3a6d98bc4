package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.DatabaseKeys;
import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.net.UnknownHostException;
import java.sql.SQLException;

/** Tells by SQLState what a PostgreSQL error means to the user. */
final class SqlStates {
    private static final String CONNECTION_CLASS = "08";
    private static final String CONNECTION_REJECTED = "08004";
    private static final String INVALID_AUTHORIZATION_CLASS = "28";
    private static final String INVALID_PASSWORD = "28P01";
    private static final String INSUFFICIENT_PRIVILEGE = "42501";
    private static final String INVALID_CATALOG_NAME = "3D000";

    private SqlStates() {}

    static Failure failure(SQLException e, PostgresServer server) {
        String who = "PostgreSQL at " + server.address();
        if (refusesUser(e)) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    who + " refused user " + server.user() + ": " + reason(e)
                            + "; check database.user, database.password, database.sslmode and the server's"
                            + " pg_hba.conf");
        }
        if (INSUFFICIENT_PRIVILEGE.equals(e.getSQLState())) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    who + " denied user " + server.user() + " a right: " + reason(e)
                            + "; grant it CONNECT on the database and membership in pg_monitor");
        }
        if (INVALID_CATALOG_NAME.equals(e.getSQLState())) {
            return new Failure(
                    Finding.SOURCE_UNREACHABLE,
                    who + " has no such database: " + reason(e) + "; check database.dbname");
        }
        String state = e.getSQLState();
        boolean noAnswer = state == null || state.startsWith(CONNECTION_CLASS);
        return new Failure(
                Finding.SOURCE_UNREACHABLE, who + (noAnswer ? " did not answer: " : " answered: ") + reason(e));
    }

    private static boolean refusesUser(SQLException e) {
        // The driver's own state for a login that can't go on: no password was given, or no agreement on TLS.
        String state = String.valueOf(e.getSQLState());
        return state.equals(CONNECTION_REJECTED) || state.startsWith(INVALID_AUTHORIZATION_CLASS);
    }

    /** No such database, or no CONNECT right on it: another database of the server may still let us in. */
    static boolean refusesDatabase(SQLException e) {
        return INVALID_CATALOG_NAME.equals(e.getSQLState()) || INSUFFICIENT_PRIVILEGE.equals(e.getSQLState());
    }

    /** The {@code database.*} key that holds what the server refused; null if it refused nothing of ours. */
    static String refusedKey(SQLException e) {
        if (INVALID_CATALOG_NAME.equals(e.getSQLState())) {
            return DatabaseKeys.DBNAME;
        }
        if (CONNECTION_REJECTED.equals(e.getSQLState())) {
            return reason(e).contains("SSL") ? DatabaseKeys.SSLMODE : DatabaseKeys.PASSWORD;
        }
        if (INVALID_PASSWORD.equals(e.getSQLState())) {
            return DatabaseKeys.PASSWORD;
        }
        return refusesUser(e) || INSUFFICIENT_PRIVILEGE.equals(e.getSQLState()) ? DatabaseKeys.USER : null;
    }

    private static String reason(SQLException e) {
        Throwable root = e;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        if (root instanceof UnknownHostException) {
            return "its host name does not resolve";
        }
        String message = root.getMessage() == null
                ? e.getMessage() + " (" + root.getClass().getSimpleName() + ")"
                : root.getMessage();
        return message.strip().replaceAll("\\s*\\R\\s*", " ");
    }
}
