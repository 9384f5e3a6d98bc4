package io.cdcprogress.resolve;

/**
 * A heartbeat that came through a source connector, both times by the clock of the connector's worker.
 *
 * @param emittedAtMs when the connector made it, in milliseconds since 1970: {@code ts_ms} of its value
 * @param transitMs how long it was on its way to the producer: the record's timestamp less that
 */
public record Heartbeat(long emittedAtMs, long transitMs) {}
