package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The last observations of one walsender: as many as may still be needed. */
final class Beats {
    /** Beyond this, every other of the older ones is given up: those that remain give a lower frontier. */
    private static final int LIMIT = 512;

    /**
     * @param at {@link System#nanoTime} of the observation
     * @param readAt the same after it read how far the partitions are filled
     * @param received what the walsender's client had received; null if not told
     * @param head the largest bound of a record that stood last in its partition; null if none was read yet
     * @param flowNanos how much had arrived by then, as {@link Flow} counts it
     */
    record Beat(long at, long readAt, Lsn received, Lsn head, long flowNanos) {}

    /** Oldest first. */
    private final List<Beat> beats = new ArrayList<>();

    /** Forgets them all, for what is on its way now may be so for long. */
    void restart() {
        beats.clear();
    }

    void add(Beat beat) {
        if (beats.size() >= LIMIT) {
            for (int i = LIMIT / 2; i > 0; i -= 2) {
                beats.remove(i);
            }
        }
        beats.add(beat);
    }

    /** The newest that is such. */
    Optional<Beat> newest(Predicate<Beat> such) {
        for (int i = beats.size() - 1; i >= 0; i--) {
            if (such.test(beats.get(i))) {
                return Optional.of(beats.get(i));
            }
        }
        return Optional.empty();
    }

    /** Gives up those before the newest that is such, if any is. */
    void dropBefore(Predicate<Beat> such) {
        newest(such).ifPresent(kept -> beats.removeIf(beat -> beat.at() - kept.at() < 0));
    }
}
