package io.cdcprogress.stack;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** A PostgreSQL server that is set up for logical decoding. */
public interface Database extends AutoCloseable {
    /** Where this JVM reaches it. */
    Address address();

    /** Where a connector of the stack's workers reaches it. */
    default Address workerAddress() {
        return address();
    }

    /** The superuser. */
    default String user() {
        return "postgres";
    }

    /** The superuser's password. Every other role's password is really checked. */
    default String password() {
        return "postgres";
    }

    default String host() {
        return address().host();
    }

    default int port() {
        return address().port();
    }

    default String jdbcUrl(String database) {
        return "jdbc:postgresql://" + address() + "/" + database;
    }

    /** A session of the superuser. */
    default Connection connect(String database) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user());
        properties.setProperty("password", password());
        return DriverManager.getConnection(jdbcUrl(database), properties);
    }

    default void createDatabase(String database) {
        execute("postgres", "CREATE DATABASE \"" + database + "\"");
    }

    /** Runs every statement as the superuser, each in a transaction of its own. */
    default void execute(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new StackException("SQL in database " + database, e);
        }
    }

    /** Runs every statement as the superuser, all in one transaction. */
    default void transaction(String database, String... statements) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        } catch (SQLException e) {
            throw new StackException("SQL in database " + database, e);
        }
    }

    /** The first column of the first row as text; null when there is no row, or when it is null. */
    default String query(String database, String sql) {
        try (Connection connection = connect(database);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            return rows.next() ? rows.getString(1) : null;
        } catch (SQLException e) {
            throw new StackException("SQL in database " + database, e);
        }
    }

    @Override
    void close();
}
