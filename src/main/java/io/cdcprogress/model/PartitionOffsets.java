package io.cdcprogress.model;

/**
 * The offsets of one partition that a sink group consumes.
 *
 * @param beginning log start offset; null if not read
 * @param committed the group's committed offset; null if it has none, or if that was not read
 * @param committedRead false when the broker gave no answer for this partition: absent is not zero
 * @param end end offset under the sink's isolation level, read before {@code committed}; null if not read
 * @param highWatermark end offset of all that is written, decided or not, read before {@code committed}; null if not
 *     read
 * @param recreated whether the group's committed offset of the observation before lies beyond {@code end}, so that the
 *     topic must have been recreated or truncated and the offsets are not of one log
 * @param justFound whether the topic appeared lately and the group has neither committed in it nor been assigned it, so
 *     that it may be about to consume it
 */
public record PartitionOffsets(
        String topic,
        int partition,
        Long beginning,
        Long committed,
        boolean committedRead,
        Long end,
        Long highWatermark,
        boolean recreated,
        boolean justFound) {
    /** How Connect names the groups of its sinks. */
    private static final String CONNECT_GROUP_PREFIX = "connect-";

    public PartitionId id() {
        return new PartitionId(topic, partition);
    }

    /** Whether retention has deleted records that the group had not read. */
    public boolean belowLogStart() {
        return committed != null && beginning != null && committed < beginning && !recreated;
    }

    /**
     * The offset of the record that a group reads next; null if that can't be told.
     *
     * @param group its name: a sink connector's starts at the earliest record, where another one starts is its own affair
     */
    public Long next(String group) {
        if (!committedRead || recreated) {
            return null;
        }
        if (committed != null) {
            return belowLogStart() ? beginning : committed;
        }
        if (Long.valueOf(0).equals(end)) {
            return 0L;
        }
        boolean startsAtEarliest = group.startsWith(CONNECT_GROUP_PREFIX);
        return startsAtEarliest && Long.valueOf(0).equals(beginning) ? beginning : null;
    }
}
