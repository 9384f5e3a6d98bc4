package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.resolve.Point;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** A look at a stretch of a partition, from an offset to the one before {@link #to}. For one thread. */
final class Stretch {
    private enum State {
        PENDING,
        /** Enough was seen, or all. */
        READ,
        /** What remains is not decided yet. */
        OPEN,
        FAILED
    }

    /** Looks at one record after the other. */
    interface Look {
        /** Whether no more are wanted. */
        boolean enough(ConsumerRecord<byte[], byte[]> record) throws NotDecoded;
    }

    private final Point point;
    private final TopicPartition partition;
    private final long to;
    private final Look look;
    private final boolean fromLogStart;
    private long from;
    private State state = State.PENDING;
    private Failure failure;

    /** @param fromLogStart whether it may begin at the log start where that has passed {@code from} */
    Stretch(Point point, long from, long to, boolean fromLogStart, Look look) {
        this.point = point;
        this.partition =
                new TopicPartition(point.partition().topic(), point.partition().partition());
        this.from = from;
        this.to = to;
        this.fromLogStart = fromLogStart;
        this.look = look;
        cameTo(from);
    }

    Point point() {
        return point;
    }

    TopicPartition partition() {
        return partition;
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    boolean fromLogStart() {
        return fromLogStart;
    }

    /** Null unless it failed. */
    Failure failure() {
        return failure;
    }

    boolean pending() {
        return state == State.PENDING;
    }

    /** Whether it stopped at a transaction that is not decided; {@link #from} is then where. */
    boolean open() {
        return state == State.OPEN;
    }

    void take(Iterable<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (record.offset() >= to || enough(record)) {
                state = pending() ? State.READ : state;
                return;
            }
        }
    }

    private boolean enough(ConsumerRecord<byte[], byte[]> record) {
        try {
            return look.enough(record);
        } catch (NotDecoded e) {
            String what = "the record at offset " + record.offset() + " of " + partition + " is not decoded yet: ";
            fail(new Failure(Finding.POSITION_UNKNOWN, what + e.getMessage()));
            return true;
        }
    }

    /** @param position the offset that would be read next */
    void cameTo(long position) {
        if (pending() && position >= to) {
            state = State.READ;
        }
    }

    /** @param stable the last stable offset, at which a reader of committed records stops */
    void cameTo(long position, long stable) {
        cameTo(position);
        if (pending() && position >= stable) {
            from = position;
            state = State.OPEN;
        }
    }

    /** Leaves out what the log has no more. */
    void beginAt(long logStart) {
        from = logStart;
        cameTo(from);
    }

    void fail(Failure why) {
        failure = why;
        state = State.FAILED;
    }
}
