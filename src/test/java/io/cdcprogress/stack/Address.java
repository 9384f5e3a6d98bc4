package io.cdcprogress.stack;

/** Where a server listens. */
public record Address(String host, int port) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
