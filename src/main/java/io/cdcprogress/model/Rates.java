package io.cdcprogress.model;

/**
 * How fast things move, and when they end at that pace. Null is "can't be told": a forecast that the data does not carry is
 * none.
 *
 * @param walBytesPerSecond WAL that the server writes
 * @param sinkRecordsPerSecond records that the sink consumes
 * @param catchUpSeconds until the sink has nothing left; null while it does not come nearer
 * @param slotLossSeconds until PostgreSQL invalidates the slot; 0 once it may at any time; null while the slot follows the WAL
 * @param retentionLossSeconds until Kafka deletes a record that the sink has not consumed; null while the sink keeps its
 *     distance
 */
public record Rates(
        Double walBytesPerSecond,
        Double sinkRecordsPerSecond,
        Long catchUpSeconds,
        Long slotLossSeconds,
        Long retentionLossSeconds) {
    public static final Rates UNKNOWN = new Rates(null, null, null, null, null);
}
