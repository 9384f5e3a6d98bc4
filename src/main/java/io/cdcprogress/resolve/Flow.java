package io.cdcprogress.resolve;

import java.time.Duration;
import java.time.Instant;

/**
 * Counts time in which records arrive: as the records' own times advance, but no faster than our clock. While a broker
 * takes nothing it stands still, and what then arrives at once counts for no more than the last moment, since other
 * records that were on their way may need some more.
 */
final class Flow {
    /** Times advance in steps, as heartbeats do; so much of a silence before a step counts with it. */
    private final long stepNanos;

    private long flow;
    private long advancedAt;
    private long lastAt;
    private Instant committedAt;
    private Long heartbeatMs;

    Flow(long stepNanos) {
        this.stepNanos = stepNanos;
    }

    void restart(long at) {
        flow = 0;
        advancedAt = at;
        lastAt = at;
        committedAt = null;
        heartbeatMs = null;
    }

    /**
     * Counts what has arrived since the observation before.
     *
     * @param newCommittedAt the latest commit time of a record that stood last in its partition; null if none was read
     * @param newHeartbeatMs when the last heartbeat was made; null if none was read
     * @return nanoseconds since the restart
     */
    long at(long at, Instant newCommittedAt, Long newHeartbeatMs) {
        long data = committedAt == null || newCommittedAt == null
                ? 0
                : Duration.between(committedAt, newCommittedAt).toNanos();
        long beats = heartbeatMs == null || newHeartbeatMs == null ? 0 : (newHeartbeatMs - heartbeatMs) * 1_000_000;
        long advanced = Math.max(data, beats);
        if (advanced > 0) {
            // After a silence that an observation saw, all of it may have come just now: half the settle time at most.
            long most = advancedAt == lastAt
                    ? at - lastAt
                    : Math.max(Math.min(at - lastAt, 2 * stepNanos), Math.min(at - advancedAt, stepNanos));
            flow += Math.min(advanced, most);
            advancedAt = at;
        }
        committedAt = newCommittedAt == null ? committedAt : newCommittedAt;
        heartbeatMs = newHeartbeatMs == null ? heartbeatMs : newHeartbeatMs;
        lastAt = at;
        return flow;
    }
}
