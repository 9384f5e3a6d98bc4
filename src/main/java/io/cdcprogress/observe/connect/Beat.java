package io.cdcprogress.observe.connect;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a request is due. For one thread. */
final class Beat {
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** Observations at the same beat come a moment early or late. */
    private static final Duration LARGEST_SLACK = Duration.ofMillis(200);

    private final LongSupplier nanoTime;
    private int failures;
    private long dueAt;
    /** How much earlier it may be asked. */
    private long slack;

    /** Due at once. */
    Beat(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.dueAt = nanoTime.getAsLong();
    }

    boolean due() {
        return nanoTime.getAsLong() - dueAt + slack >= 0;
    }

    /** Asked now: due again after that time. What was asked early counts from when it was due, so none is gained. */
    void next(Duration beat) {
        long now = nanoTime.getAsLong();
        failures = 0;
        dueAt = (now - dueAt > 0 ? now : dueAt) + beat.toNanos();
        slack = Math.min(beat.toNanos() / 50, LARGEST_SLACK.toNanos());
    }

    /** Failed now: due again after 1, 2, 4 ... s, and no later than {@code longest}. */
    void failed(Duration longest) {
        long wait = FIRST_RETRY.toNanos() << Math.min(failures, 16);
        dueAt = nanoTime.getAsLong() + Math.min(wait, longest.toNanos());
        slack = 0;
        failures++;
    }
}
