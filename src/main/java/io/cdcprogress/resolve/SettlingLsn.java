package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import java.util.ArrayDeque;
import java.util.Deque;

/** Values that never decrease, each of which may be used only once it is old enough. */
final class SettlingLsn {
    /** Beyond this, newer values wait in place of those in between. */
    private static final int LIMIT = 512;

    private record Offer(long at, Lsn value) {}

    private final Deque<Offer> waiting = new ArrayDeque<>();
    private Lsn settled;

    /** @param at {@link System#nanoTime} before which the value held */
    void offer(long at, Lsn value) {
        Lsn last = waiting.isEmpty() ? settled : waiting.getLast().value;
        if (value != null && (last == null || value.compareTo(last) > 0)) {
            if (waiting.size() == LIMIT) {
                waiting.removeLast();
            }
            waiting.addLast(new Offer(at, value));
        }
    }

    /** The largest value that was offered at or before a moment; null if none was. */
    Lsn settled(long by) {
        while (!waiting.isEmpty() && waiting.getFirst().at - by <= 0) {
            settled = waiting.removeFirst().value;
        }
        return settled;
    }
}
