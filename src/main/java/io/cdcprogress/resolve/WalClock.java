package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.WalPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells when the WAL passed a position, by samples of both: fine for the last minutes, coarse for days. Points lie the
 * further apart the older they are, so their number grows with the logarithm of the time.
 */
final class WalClock {
    /** Two points may lie this part of their age apart. */
    private static final int FINENESS = 32;

    /** As many samples more are no burden, and looking at all of them at each would be. */
    private static final int THINNED_EVERY = 32;

    private static final Duration LONGEST = Duration.ofDays(14);
    /** The same for what is kept over a restart: some forty points for two weeks. */
    private static final int KEPT_FINENESS = 4;

    /** Oldest first; both LSNs and times increase. */
    private final List<WalPoint> points = new ArrayList<>();

    /** Another server, or another history of it. */
    void restart() {
        points.clear();
    }

    /** Goes on from what was kept; samples that are here already are newer. */
    void resume(List<WalPoint> kept) {
        if (points.isEmpty()) {
            kept.forEach(this::sample);
        }
    }

    void sample(WalPoint point) {
        // A clock that was set back makes the later samples untrue, and so does a WAL that went back.
        while (!points.isEmpty() && !isBefore(points.get(points.size() - 1), point)) {
            points.remove(points.size() - 1);
        }
        int last = points.size() - 1;
        if (last >= 0 && points.get(last).lsn().equals(point.lsn())) {
            points.remove(last); // nothing was written since: it held until now
        }
        points.add(point);
        if (points.size() % THINNED_EVERY == 0) {
            thin(point.at());
        }
    }

    private static boolean isBefore(WalPoint one, WalPoint other) {
        return one.at().isBefore(other.at()) && one.lsn().compareTo(other.lsn()) <= 0;
    }

    /** How many samples are in memory. */
    int size() {
        return points.size();
    }

    private void thin(Instant now) {
        points.removeIf(point -> point.at().isBefore(now.minus(LONGEST)));
        for (int i = points.size() - 2; i > 0; i--) {
            long gap = Duration.between(
                            points.get(i - 1).at(), points.get(i + 1).at())
                    .toMillis();
            long age = Duration.between(points.get(i).at(), now).toMillis();
            if (gap * FINENESS < age) {
                points.remove(i);
            }
        }
    }

    /**
     * A time at which nothing beyond the position had been committed; null if the samples do not reach back that far.
     * What was committed beyond it is younger.
     */
    Instant notBeyond(Lsn position) {
        Instant latest = null;
        for (WalPoint point : points) {
            if (point.lsn().compareTo(position) <= 0) {
                latest = point.at();
            }
        }
        return latest;
    }

    /** Enough points to go on from after a restart, oldest first. */
    List<WalPoint> kept() {
        List<WalPoint> kept = new ArrayList<>();
        WalPoint newest = points.isEmpty() ? null : points.get(points.size() - 1);
        for (int i = points.size() - 1; i >= 0; i--) {
            WalPoint point = points.get(i);
            Duration age = Duration.between(point.at(), newest.at());
            boolean far = kept.isEmpty()
                    || Duration.between(point.at(), kept.get(0).at())
                                    .multipliedBy(KEPT_FINENESS)
                                    .compareTo(age)
                            >= 0;
            if (far) {
                kept.add(0, point);
            }
        }
        return kept;
    }
}
