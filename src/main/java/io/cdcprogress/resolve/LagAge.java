package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import io.cdcprogress.model.SinkPosition.AgeGrade;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * The age of the oldest unconsumed change, by the database's clock alone. Pure.
 *
 * @param since its commit time; null unless exact
 * @param millis null if not known
 */
record LagAge(Instant since, Long millis, AgeGrade grade) {
    private static final LagAge NOTHING = new LagAge(null, 0L, AgeGrade.EXACT);
    private static final LagAge UNKNOWN = new LagAge(null, null, AgeGrade.UNKNOWN);

    /**
     * @param now the database's clock at the observation
     * @param w the published position; null if not known
     * @param source the source LSN of the same moment
     * @param passed when the WAL had not gone beyond {@code w}; null if not known
     */
    static LagAge of(Instant now, Collection<PartitionPosition> positions, Lsn w, Lsn source, Instant passed) {
        List<PartitionPosition> lagging = positions.stream()
                .filter(position -> position.state() != State.DRAINED)
                .toList();
        if (lagging.isEmpty() && w != null && w.equals(source)) {
            return NOTHING;
        }
        boolean allTold = !lagging.isEmpty()
                && lagging.stream()
                        .allMatch(position -> position.state() == State.LAGGING && position.committedAt() != null);
        if (allTold) {
            PartitionPosition oldest = lagging.stream()
                    .min(Comparator.comparing(PartitionPosition::committedAt))
                    .orElseThrow();
            if (oldest.exact() && w != null && oldest.bound().compareTo(w) >= 0) {
                return new LagAge(oldest.committedAt(), age(oldest.committedAt(), now), AgeGrade.EXACT);
            }
            Long atMost = age(oldest.committedAt(), now);
            return new LagAge(null, passed == null ? atMost : Math.min(atMost, age(passed, now)), AgeGrade.AT_MOST);
        }
        return w == null || passed == null ? UNKNOWN : new LagAge(null, age(passed, now), AgeGrade.AT_MOST);
    }

    /** A change that committed after the database was asked is younger than the observation. */
    private static Long age(Instant since, Instant now) {
        return Math.max(0, Duration.between(since, now).toMillis());
    }
}
