package io.cdcprogress.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stops what still runs when this JVM ends, also by a signal: last started, first stopped, so that no server goes away
 * under its clients.
 */
public final class AtExit {
    private static final Logger LOG = LoggerFactory.getLogger(AtExit.class);
    private static final Deque<AutoCloseable> RUNNING = new ArrayDeque<>();
    private static volatile boolean ending;

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(AtExit::end, "at-exit"));
    }

    private AtExit() {}

    /** Whether what runs is being stopped, so that errors mean nothing any more. */
    public static boolean ending() {
        return ending;
    }

    /** What is being started when the JVM ends is stopped as well, and nothing is started after that. */
    static synchronized <T extends AutoCloseable> T stop(Supplier<T> start) {
        if (ending) {
            throw new StackException("this process is ending");
        }
        T part = start.get();
        RUNNING.push(part);
        return part;
    }

    /** It was stopped before. */
    static synchronized void forget(AutoCloseable part) {
        RUNNING.remove(part);
    }

    private static synchronized void end() {
        ending = true;
        while (!RUNNING.isEmpty()) {
            AutoCloseable part = RUNNING.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not stop", part.getClass().getSimpleName(), e);
            }
        }
    }
}
