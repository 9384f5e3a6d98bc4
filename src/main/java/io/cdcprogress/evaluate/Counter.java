package io.cdcprogress.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The pace of a number that only grows, over the last minute. Immutable.
 *
 * <p>Numbers that move in jumps, as committed offsets do, are measured from jump to jump: over a window that a jump enters
 * or leaves, the pace of an even flow would seem to halve and double.
 *
 * @param moves where it changed, oldest first; none older than is needed
 * @param found whether the first of them is where it was found, which is no jump
 * @param last where it was seen last
 */
record Counter(List<Sample> moves, boolean found, Sample last) {
    record Sample(Instant at, long value) {}

    static final Counter NONE = new Counter(List.of(), true, null);

    private static final Duration WINDOW = Duration.ofMinutes(1);
    /** Over less than this, a pace is chance. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    /** Moves closer together than this are one. */
    private static final Duration GRAIN = Duration.ofSeconds(1);

    Counter {
        moves = List.copyOf(moves);
    }

    /** Seen now. A number or a clock that goes back begins anew. */
    Counter at(Instant now, long value) {
        Sample sample = new Sample(now, value);
        if (last == null || value < last.value || now.isBefore(last.at)) {
            return new Counter(List.of(sample), true, sample);
        }
        if (value == last.value) {
            return new Counter(moves, found, sample);
        }
        List<Sample> more = new ArrayList<>(moves);
        int newest = more.size() - 1;
        if (newest >= 2 && between(more.get(newest - 1), sample).compareTo(GRAIN) < 0) {
            more.remove(newest);
        }
        more.add(sample);
        boolean foundKept = found;
        while (more.size() > 2 && between(more.get(1), sample).compareTo(WINDOW) >= 0) {
            more.remove(0);
            foundKept = false;
        }
        return new Counter(more, foundKept, sample);
    }

    Counter plus(Instant now, long more) {
        return at(now, (last == null ? 0 : last.value) + more);
    }

    /**
     * The pace of an even flow; null until there is enough of it.
     *
     * <p>While it stands, the pace falls to 0 within a minute.
     */
    Double perSecond() {
        return moves.isEmpty() ? null : pace(base(), last);
    }

    /**
     * The pace of what moves in jumps; null until two were seen.
     *
     * @param patience it may rightly stand still for so long; longer, and it stands
     */
    Double perSecond(Duration patience) {
        if (moves.isEmpty()) {
            return null;
        }
        Sample newest = moves.get(moves.size() - 1);
        boolean stands = between(newest, last).compareTo(patience) > 0;
        if (stands) {
            return pace(base(), last);
        }
        if (!found) {
            return pace(base(), newest);
        }
        return moves.size() < 3 ? null : pace(moves.get(1), newest);
    }

    private Sample base() {
        Sample base = moves.get(0);
        for (Sample move : moves) {
            if (between(move, last).compareTo(WINDOW) >= 0) {
                base = move;
            }
        }
        return base;
    }

    private static Double pace(Sample from, Sample to) {
        Duration span = between(from, to);
        return span.compareTo(SHORTEST) < 0 ? null : (to.value - from.value) * 1000.0 / span.toMillis();
    }

    private static Duration between(Sample one, Sample other) {
        return Duration.between(one.at, other.at);
    }
}
