package io.cdcprogress.rest;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Those who wait for a sink to pass an LSN. A record that arrives wakes those of its sink that it answers; nothing polls. They are
 * answered on a thread of their own, for a client must not hold up the reader.
 */
final class Waiting implements AutoCloseable {
    static final int MOST = 1_000;

    /** One who waits. Told once; leaves by itself when it needs no answer any more. */
    interface Waiter {
        Question question();

        /** By what this record says. */
        void passed(Received progress);

        /** This worker stops. */
        void gone();
    }

    private final Supplier<Now> clock;
    private final Map<SinkId, Set<Waiter>> waiters = new ConcurrentHashMap<>();
    private final AtomicInteger count = new AtomicInteger();
    private final ExecutorService answering = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "cdc-progress-rest-answers");
        thread.setDaemon(true);
        return thread;
    });

    Waiting(Supplier<Now> clock) {
        this.clock = clock;
    }

    /**
     * Looks at the sink's record only after this, or one that arrives in between is missed.
     *
     * @throws Refusal if there are too many already
     */
    void enter(Waiter waiter) {
        if (count.incrementAndGet() > MOST) {
            count.decrementAndGet();
            throw new Refusal(
                    Refusal.UNAVAILABLE,
                    MOST + " others wait on this worker already: ask again later, or another worker");
        }
        waiters.compute(waiter.question().sink(), (sink, set) -> {
            Set<Waiter> those = set == null ? ConcurrentHashMap.newKeySet() : set;
            those.add(waiter);
            return those;
        });
    }

    /** Does nothing if it has left before. */
    void leave(Waiter waiter) {
        waiters.computeIfPresent(waiter.question().sink(), (sink, set) -> {
            if (set.remove(waiter)) {
                count.decrementAndGet();
            }
            return set.isEmpty() ? null : set;
        });
    }

    int count() {
        return count.get();
    }

    /** A progress record has arrived. */
    void arrived(Received progress) {
        Set<Waiter> set = waiters.get(SinkId.of(progress));
        if (set != null) {
            Now now = clock.get();
            for (Waiter waiter : set) {
                if (waiter.question().answeredBy(progress, now)) {
                    leave(waiter);
                    answering.execute(() -> waiter.passed(progress));
                }
            }
        }
    }

    @Override
    public void close() {
        for (Set<Waiter> set : waiters.values()) {
            for (Waiter waiter : set) {
                leave(waiter);
                answering.execute(waiter::gone);
            }
        }
        answering.shutdown();
    }
}
