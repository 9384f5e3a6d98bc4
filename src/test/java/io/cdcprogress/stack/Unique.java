package io.cdcprogress.stack;

import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Names that nothing else on a shared server has. */
public final class Unique {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private Unique() {}

    /** Lower-case letters and digits, so that slots, topics and groups may carry it. */
    public static String name() {
        return Integer.toString(ThreadLocalRandom.current().nextInt(36 * 36, 36 * 36 * 36), 36)
                + COUNT.incrementAndGet();
    }

    public static String name(String prefix) {
        return prefix + "_" + name();
    }
}
