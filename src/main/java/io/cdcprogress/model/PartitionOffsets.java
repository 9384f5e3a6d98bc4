package io.cdcprogress.model;

/**
 * The offsets of one partition that a sink group consumes.
 *
 * @param beginning log start offset; null if not read
 * @param committed the group's committed offset; null if it has none, or if that was not read
 * @param committedRead false when the broker gave no answer for this partition: absent is not zero
 * @param end end offset under the sink's isolation level, read before {@code committed}; null if not read
 * @param recreated whether the group's committed offset of the observation before lies beyond {@code end}, so that the
 *     topic must have been recreated or truncated and the offsets are not of one log
 */
public record PartitionOffsets(
        String topic,
        int partition,
        Long beginning,
        Long committed,
        boolean committedRead,
        Long end,
        boolean recreated) {}
