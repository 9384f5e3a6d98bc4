package io.cdcprogress.resolve;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.Failure;
import java.time.Instant;

/** What a look at a stretch of a partition gave. */
public sealed interface ReadResult {
    /**
     * A data record.
     *
     * @param position null for a tombstone, and where none could be decoded
     * @param problem why there is no position; null where there is one
     * @param arrivedAt the record's timestamp in Kafka, by which retention goes; null where it has none
     * @param open whether the record lies in a transaction that is not decided yet, so that it may still vanish
     */
    record Found(long offset, ChangePosition position, String problem, Instant arrivedAt, boolean open)
            implements ReadResult {}

    /** The whole stretch was read, and there is no data in it: at most control markers and aborted records. */
    record Nothing() implements ReadResult {}

    /** Not read in time, or refused. */
    record Unread(Failure failure) implements ReadResult {}
}
