package io.cdcprogress.rest;

import java.util.function.Supplier;

/**
 * The time by both clocks of this process.
 *
 * @param millis since 1970
 * @param nanos of a monotone clock
 */
record Now(long millis, long nanos) {
    static final Supplier<Now> CLOCK = () -> new Now(System.currentTimeMillis(), System.nanoTime());
}
