package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.resolve.Point;
import java.util.function.Predicate;
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

    private final Point point;
    private final TopicPartition partition;
    private final long to;
    private final Predicate<ConsumerRecord<byte[], byte[]>> enough;
    private final boolean fromLogStart;
    private long from;
    private State state = State.PENDING;
    private Failure failure;

    /**
     * @param fromLogStart whether it may begin at the log start where that has passed {@code from}
     * @param enough takes a record, and tells whether no more are wanted
     */
    Stretch(Point point, long from, long to, boolean fromLogStart, Predicate<ConsumerRecord<byte[], byte[]>> enough) {
        this.point = point;
        this.partition =
                new TopicPartition(point.partition().topic(), point.partition().partition());
        this.from = from;
        this.to = to;
        this.fromLogStart = fromLogStart;
        this.enough = enough;
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
            if (record.offset() >= to || enough.test(record)) {
                state = State.READ;
                return;
            }
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
