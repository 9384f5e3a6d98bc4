package io.cdcprogress;

import io.cdcprogress.model.ProgressReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.connect.errors.ConnectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Observes on a thread of its own while somebody asks for results. {@link #poll} never waits longer than a second,
 * whatever the observed servers do, so Connect can pause and stop the task at any time.
 *
 * <p>Not asked for (paused) means not observing.
 */
final class ObservationLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ObservationLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    /** Two polls further apart than this were not one task's steady polling: it was paused between them. */
    private static final Duration PAUSE = LONGEST_WAIT.multipliedBy(3);

    /** What is done on the observing thread, which closes it when it ends. */
    interface Observing extends AutoCloseable {
        List<ProgressReport> observe() throws InterruptedException;

        /** Nothing was observed for a while, and now it goes on: told before the next observation. */
        void resumed();

        /**
         * Nothing has been observed for so long that the last observation says nothing of now: told once, and on the thread
         * that asks where the observing one hangs.
         */
        void unobserved();

        @Override
        void close();
    }

    /** As many intervals a record may be old, too. */
    private static final int INTERVALS_UNTIL_STALE = 3;

    private final Observing observing;
    private final long intervalNanos;
    private final long longestNanos;
    private final BlockingQueue<List<ProgressReport>> results = new ArrayBlockingQueue<>(1);
    private final Semaphore asked = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;
    private volatile Throwable broken;
    private volatile long lastPoll;
    /** When an observation has succeeded. */
    private volatile long lastObserved;
    /** Whether one has, and has not been declared stale. */
    private final AtomicBoolean stands = new AtomicBoolean();

    /** @param longest what an observation may take that does not hang */
    ObservationLoop(String name, Observing observing, Duration interval, Duration longest) {
        this.observing = observing;
        this.intervalNanos = interval.toNanos();
        this.longestNanos = longest.toNanos();
        this.thread = new Thread(this::run, name);
        this.thread.setDaemon(true);
    }

    /**
     * The next observation's reports; null if there are none within a second. For one thread.
     *
     * @throws ConnectException if the observing thread has ended by an error
     */
    List<ProgressReport> poll() throws InterruptedException {
        if (paused()) {
            results.clear();
        }
        if (broken != null) {
            throw new ConnectException("The observing thread has ended: restart the task", broken);
        }
        lastPoll = System.nanoTime();
        asked.drainPermits();
        asked.release();
        if (thread.getState() == Thread.State.NEW && !closed) {
            thread.start();
        }
        List<ProgressReport> reports = results.poll(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        lastPoll = System.nanoTime();
        if (reports == null) {
            declareStale(staleNanos() + longestNanos);
        }
        return reports;
    }

    private boolean paused() {
        return System.nanoTime() - lastPoll > PAUSE.toNanos();
    }

    private void run() {
        try (observing) {
            long due = System.nanoTime();
            while (!closed) {
                TimeUnit.NANOSECONDS.sleep(due - System.nanoTime());
                awaitAsked();
                long begun = System.nanoTime();
                observeOnce();
                // Observations never overlap, and those missed in a pause are not made up for.
                due = due + intervalNanos >= begun ? due + intervalNanos : begun + intervalNanos;
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped while observing");
        } catch (Throwable e) {
            // Told by poll(), so that Connect shows the task as failed: a monitor must not fall silent.
            broken = e;
        }
    }

    private void awaitAsked() throws InterruptedException {
        boolean waited = false;
        while (paused()) {
            awaitPermit();
            waited = true;
        }
        if (waited) {
            observing.resumed();
        }
    }

    private void awaitPermit() throws InterruptedException {
        if (stands.get()) {
            if (asked.tryAcquire(lastObserved + staleNanos() - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return;
            }
            declareStale(staleNanos());
        }
        asked.acquire();
    }

    private long staleNanos() {
        return intervalNanos * INTERVALS_UNTIL_STALE;
    }

    /** If the last observation is older than that. */
    private void declareStale(long nanos) {
        if (System.nanoTime() - lastObserved >= nanos && stands.compareAndSet(true, false)) {
            observing.unobserved();
        }
    }

    private void observeOnce() throws InterruptedException {
        try {
            List<ProgressReport> reports = observing.observe();
            lastObserved = System.nanoTime();
            stands.set(true);
            results.clear();
            results.add(reports);
        } catch (InterruptedException e) {
            throw e;
        } catch (RuntimeException e) {
            // Failures of servers are values in the reports; this one is ours. The next observation may be spared.
            LOG.error("An observation failed; trying again at the next interval", e);
            declareStale(staleNanos());
        }
    }

    /** Signals and returns; the observing thread ends by itself. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
