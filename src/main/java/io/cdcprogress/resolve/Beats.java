package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The last observations of one walsender: as many as may still be needed. */
final class Beats {
    /** Beyond this, every other of the older ones is given up: those that remain give a lower frontier. */
    private static final int LIMIT = 512;

    /**
     * @param at {@link System#nanoTime} at the start of the observation
     * @param flow flow up to then
     * @param received what the walsender's client had received; null if not told
     * @param head the largest bound of a record that stood last in its partition; null if none was read yet
     */
    record Beat(long at, long flow, Lsn received, Lsn head) {}

    private final long silenceNanos;
    /** Oldest first. */
    private final List<Beat> beats = new ArrayList<>();

    private long flow;
    private long movedAt;
    private long dataMovedAt;

    Beats(long silenceNanos) {
        this.silenceNanos = silenceNanos;
    }

    void restart(long at, Lsn received) {
        beats.clear();
        flow = 0;
        movedAt = at;
        dataMovedAt = at;
        beats.add(new Beat(at, 0, received, null));
    }

    void add(long at, Movement movement, Lsn received, Lsn head) {
        if (movement.dataUntold()) {
            movedAt = at; // what can't be seen to arrive is not counted as arriving
        } else if (movement.any()) {
            flow += Math.min(at - movedAt, silenceNanos);
            movedAt = at;
        }
        if (movement.dataUntold() || !movement.data().isEmpty()) {
            dataMovedAt = at;
        }
        if (beats.size() >= LIMIT) {
            for (int i = LIMIT / 2; i > 0; i -= 2) {
                beats.remove(i);
            }
        }
        beats.add(new Beat(at, flow, received, head));
    }

    /** Nanoseconds during which records were seen to arrive, each silence between them counted up to a limit. */
    long flow() {
        return flow;
    }

    /** When the last observation was. */
    long last() {
        return beats.get(beats.size() - 1).at;
    }

    /** Whether no data has moved since this one. */
    boolean stillSince(Beat beat) {
        return beat.at - dataMovedAt >= 0;
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
        newest(such).ifPresent(kept -> {
            Iterator<Beat> oldest = beats.iterator();
            while (!oldest.next().equals(kept)) {
                oldest.remove();
            }
        });
    }
}
