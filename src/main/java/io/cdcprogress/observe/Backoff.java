package io.cdcprogress.observe;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * When to try something again that failed: at once after the first failure, then after a second, twice that, and so on up
 * to a limit. For one thread.
 */
public final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);

    private final LongSupplier nanoTime;
    private int failures;
    private long retryAt;

    /**
     * Due at once.
     *
     * @param nanoTime a monotone clock, as {@link System#nanoTime}
     */
    public Backoff(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.retryAt = nanoTime.getAsLong();
    }

    public boolean due() {
        return nanoTime.getAsLong() - retryAt >= 0;
    }

    public void succeeded() {
        failures = 0;
        retryAt = nanoTime.getAsLong();
    }

    /** Counts a failure; the next try is due no later than {@code longest} from now. */
    public void failed(Duration longest) {
        failures++;
        long wait = failures == 1 ? 0 : FIRST.toNanos() << Math.min(failures - 2, 16);
        retryAt = nanoTime.getAsLong() + Math.min(wait, longest.toNanos());
    }
}
