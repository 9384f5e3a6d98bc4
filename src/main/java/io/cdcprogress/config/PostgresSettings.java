package io.cdcprogress.config;

/** Where a pipeline's slot lives. */
public record PostgresSettings(PostgresServer server, String dbname) {
    /** {@code host:port/dbname}, as records carry it. */
    public String address() {
        return server.address() + "/" + dbname;
    }
}
