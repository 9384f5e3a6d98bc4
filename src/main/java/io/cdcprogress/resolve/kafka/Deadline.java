package io.cdcprogress.resolve.kafka;

import java.time.Duration;

/** The moment by which a part of a call must have its answers. */
final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Never negative. */
    Duration remaining() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    boolean over() {
        return remaining().isZero();
    }

    /** An earlier one: leaves something of the time for what comes after. */
    Deadline share(int numerator, int denominator) {
        return in(remaining().multipliedBy(numerator).dividedBy(denominator));
    }
}
