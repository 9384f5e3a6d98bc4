package io.cdcprogress.observe;

import java.time.Duration;

/** The moment by which a part of an observation must have its answers. */
public final class Deadline {
    private final long at;

    private Deadline(long at) {
        this.at = at;
    }

    public static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /** Never negative. */
    public Duration remaining() {
        return Duration.ofNanos(Math.max(0, at - System.nanoTime()));
    }

    /** For the clients' own timeouts, which take whole milliseconds of at least 1. */
    public int remainingMillis() {
        return (int) Math.max(1, remaining().toMillis());
    }

    public boolean over() {
        return remaining().isZero();
    }

    /** An earlier one: leaves something of the time for what comes after. */
    public Deadline share(int numerator, int denominator) {
        return in(remaining().multipliedBy(numerator).dividedBy(denominator));
    }
}
