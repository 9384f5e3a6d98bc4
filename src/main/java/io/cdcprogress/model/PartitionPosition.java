package io.cdcprogress.model;

import java.time.Instant;

/**
 * Where the first record that a sink has not consumed in a partition stands in the source's history.
 *
 * @param bound what the sink has consumed in this partition, from this one's point of view: every captured transaction
 *     that committed at or before here; null where there is no limit (drained) and where it is not known
 * @param committedAt commit time of the record that the bound is of; null where it is not told
 * @param exact whether bound and time are those of the first unconsumed record itself, a streamed change
 * @param firstData offset of the first unconsumed data record; null where there is none or it was not read
 * @param arrivedAt its timestamp in Kafka, by which retention goes; null where it is not known
 * @param why why the bound is not known, or not of now; null where it is
 */
public record PartitionPosition(
        State state, Lsn bound, Instant committedAt, boolean exact, Long firstData, Instant arrivedAt, Failure why) {
    /** What is known. */
    public enum State {
        /** Nothing is left to consume: proven by reading, or by the committed offset standing at the end. */
        DRAINED,
        /** A data record is left, and its bound is known. */
        LAGGING,
        /** Not read this time: an earlier bound still holds, and without one the sink's position stays where it was. */
        HELD,
        /** It can't be told, and neither can the sink's position be. */
        UNKNOWN
    }

    public static final PartitionPosition DRAINED =
            new PartitionPosition(State.DRAINED, null, null, false, null, null, null);

    /**
     * Not read this time.
     *
     * @param earlierBound a bound known from before; null if none is
     */
    public static PartitionPosition held(Lsn earlierBound, Failure why) {
        return new PartitionPosition(State.HELD, earlierBound, null, false, null, null, why);
    }

    public static PartitionPosition unknown(Failure why) {
        return new PartitionPosition(State.UNKNOWN, null, null, false, null, null, why);
    }

    public boolean drained() {
        return state == State.DRAINED;
    }
}
