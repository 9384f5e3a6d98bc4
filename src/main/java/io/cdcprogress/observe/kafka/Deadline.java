package io.cdcprogress.observe.kafka;

import java.time.Duration;

/** The moment by which a stage of the observation must have its answers. */
final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    long remainingNanos() {
        return Math.max(0, at - System.nanoTime());
    }

    /** For the client's own timeouts, which take whole milliseconds of at least 1. */
    int remainingMillis() {
        return (int) Math.max(1, remainingNanos() / 1_000_000);
    }
}
