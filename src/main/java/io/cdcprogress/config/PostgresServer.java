package io.cdcprogress.config;

import org.apache.kafka.common.config.types.Password;

/**
 * A database server and how to log in to it: pipelines with equal ones share a session.
 *
 * @param password null for servers that ask for none
 * @param sslrootcert path of the root certificate; null for the driver's default, as the next two
 */
public record PostgresServer(
        String hostname,
        int port,
        String user,
        Password password,
        String sslmode,
        String sslrootcert,
        String sslcert,
        String sslkey) {
    public String address() {
        return hostname + ":" + port;
    }

    /** For logs and errors: no password and no key path. */
    @Override
    public String toString() {
        return user + "@" + address();
    }
}
