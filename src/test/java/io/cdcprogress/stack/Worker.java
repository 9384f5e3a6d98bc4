package io.cdcprogress.stack;

/** A distributed Kafka Connect worker that has every plugin. */
public interface Worker extends AutoCloseable {
    ConnectRest rest();

    @Override
    void close();
}
