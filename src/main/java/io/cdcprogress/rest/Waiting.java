package io.cdcprogress.rest;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Those who wait for a sink to pass an LSN. A record that arrives wakes those of its sink that it answers; nothing polls. They are
 * answered on a thread of their own, for a client must not hold up the reader.
 */
final class Waiting implements AutoCloseable {
    static final int MOST = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(Waiting.class);
    private static final Duration MOMENT = Duration.ofSeconds(5);

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

    private volatile boolean closed;

    Waiting(Supplier<Now> clock) {
        this.clock = clock;
    }

    /**
     * A waiter looks at its sink's record only after this, or one that arrives in between is missed.
     *
     * @throws Refusal if there are too many already, or this worker stops
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
        if (closed) {
            leave(waiter);
            throw stopping();
        }
    }

    static Refusal stopping() {
        return new Refusal(Refusal.UNAVAILABLE, "this worker stops: ask another, or again in a while");
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
        Set<Waiter> set = closed ? null : waiters.get(SinkId.of(progress));
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

    /** Tells those who still wait, and waits a moment for their answers to be on the way. */
    @Override
    public void close() {
        closed = true;
        for (Set<Waiter> set : waiters.values()) {
            for (Waiter waiter : set) {
                leave(waiter);
                answering.execute(waiter::gone);
            }
        }
        answering.shutdown();
        try {
            if (!answering.awaitTermination(MOMENT.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.warn("not all who wait for a sink could be told that this worker stops");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
