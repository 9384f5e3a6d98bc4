package io.cdcprogress.model;

/**
 * One partition's part of a report.
 *
 * @param lagRecords records not yet consumed, an upper bound; 0 once drained; null if that can't be told
 * @param position of its first unconsumed record; null if positions are not known
 * @param lagMs age of that record's change in milliseconds, by the database's clock; null if its commit time is not
 *     known
 */
public record PartitionProgress(PartitionOffsets offsets, Long lagRecords, PartitionPosition position, Long lagMs) {
    /** Whether it says the same, but for the age, which grows by itself. */
    public boolean sameAs(PartitionProgress other) {
        return offsets.equals(other.offsets)
                && (lagRecords == null ? other.lagRecords == null : lagRecords.equals(other.lagRecords))
                && (position == null ? other.position == null : position.equals(other.position));
    }
}
