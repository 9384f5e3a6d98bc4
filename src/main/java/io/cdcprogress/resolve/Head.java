package io.cdcprogress.resolve;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;

/**
 * What is known of the first record that a sink has not consumed in a partition. Read once, it holds until the sink's
 * committed offset or the topic is another.
 *
 * @param topicId of the topic that it was read from; null if not known
 * @param next the sink's next offset
 * @param readTo there is no data from {@code next} up to here
 * @param found the first data record; null where there is none up to {@code readTo}
 * @param earlier what stands in for it where it tells no position of its own: the nearest earlier record that does, or
 *     {@link ReadResult.Nothing}; null where nothing has to or none was read yet
 */
record Head(String topicId, long next, long readTo, ReadResult.Found found, ReadResult earlier) {
    static Head unread(String topicId, long next) {
        return new Head(topicId, next, next, null, null);
    }

    boolean isOf(String id, long offset) {
        return next == offset && (topicId == null ? id == null : topicId.equals(id));
    }

    /** Whether more has to be read before anything can be said. */
    boolean needsFirst(long end) {
        return found == null ? readTo < end : found.open();
    }

    /** Going forward instead would skip over a change whose position is not known. */
    boolean needsEarlier(boolean compacted) {
        return found != null && earlier == null && (found.position() == null || (compacted && found.offset() > next));
    }

    Head withFirst(ReadResult result, long end) {
        if (result instanceof ReadResult.Found first) {
            return new Head(topicId, next, first.offset(), first, null);
        }
        return result instanceof ReadResult.Nothing ? new Head(topicId, next, end, null, null) : this;
    }

    Head withEarlier(ReadResult result) {
        return result == null || result instanceof ReadResult.Unread
                ? this
                : new Head(topicId, next, readTo, found, result);
    }

    /** The record whose position counts; null if there is none, or none that tells one. */
    private ChangePosition position() {
        return earlier == null
                ? found == null ? null : found.position()
                : earlier instanceof ReadResult.Found before ? before.position() : null;
    }

    /**
     * A lower bound of what is unconsumed from {@code next} on; null if none is known, as where an earlier record has to
     * stand in and was not read.
     */
    Lsn bound(boolean compacted) {
        return needsEarlier(compacted) || position() == null ? null : position().bound();
    }

    /** @param unread why what it still needs was not read */
    PartitionPosition position(PartitionId id, long end, boolean compacted, Lsn earlierBound, Failure unread) {
        if (needsFirst(end) && (found == null || unread != null)) {
            return PartitionPosition.held(earlierBound, unread);
        }
        if (found == null) {
            return PartitionPosition.DRAINED;
        }
        if (needsEarlier(compacted)) {
            return PartitionPosition.held(earlierBound, unread);
        }
        ChangePosition position = position();
        if (position == null || position.bound() == null) {
            return new PartitionPosition(
                    State.UNKNOWN, null, null, false, found.offset(), found.arrivedAt(), why(id, position));
        }
        boolean exact = earlier == null && position.streamed();
        return new PartitionPosition(
                State.LAGGING,
                position.bound(),
                position.committedAt(),
                exact,
                found.offset(),
                found.arrivedAt(),
                null);
    }

    private Failure why(PartitionId id, ChangePosition position) {
        return position != null && position.initialSnapshot()
                ? new Failure(
                        Finding.SNAPSHOTTING,
                        "records of the initial snapshot in " + id
                                + " are not consumed yet: there is no position before they are")
                : new Failure(
                        Finding.POSITION_UNKNOWN,
                        "the record at offset " + found.offset() + " of " + id + " tells no position ("
                                + found.problem() + "), and neither does any shortly before it");
    }
}
