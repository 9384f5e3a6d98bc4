package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What earlier observations of a pipeline and a sink leave for the judgement of the next. Immutable.
 *
 * @param wal the server's WAL
 * @param restart the slot's restart_lsn
 * @param consumed what the sink has consumed
 * @param produced what has come into the partitions that it consumes
 */
public record History(
        Windows windows,
        Map<PartitionId, PartitionHistory> partitions,
        Counter wal,
        Counter restart,
        Counter consumed,
        Counter produced) {
    public static final History NONE = resumed(Map.of());

    public History {
        partitions = Map.copyOf(partitions);
    }

    /** After a restart. */
    public static History resumed(Map<String, Window> kept) {
        return new History(new Windows(kept), Map.of(), Counter.NONE, Counter.NONE, Counter.NONE, Counter.NONE);
    }

    /** With one more observation. */
    History next(Situation situation, List<PartitionProgress> progress) {
        Instant now = situation.now();
        Map<PartitionId, PartitionHistory> more = progress == null ? partitions : partitions(situation, progress);
        boolean first = partitions.isEmpty() && wal.last() == null;
        Windows watched = Watch.next(first ? windows.resumed(now) : windows, situation, progress, more);
        long taken = 0;
        long come = 0;
        for (Map.Entry<PartitionId, PartitionHistory> entry : more.entrySet()) {
            taken += PartitionHistory.consumed(partitions.get(entry.getKey()), entry.getValue());
            come += PartitionHistory.produced(partitions.get(entry.getKey()), entry.getValue());
        }
        boolean gone = situation.server() != null && situation.slot() == null;
        Lsn restartLsn = situation.slot() == null ? null : situation.slot().restartLsn();
        return new History(
                watched,
                more,
                situation.server() == null
                        ? wal
                        : wal.at(
                                situation.server().observedAt(),
                                situation.server().sourceLsn().value()),
                restartLsn == null
                        ? gone ? Counter.NONE : restart
                        : restart.at(situation.server().observedAt(), restartLsn.value()),
                progress == null ? consumed : consumed.plus(now, taken),
                progress == null ? produced : produced.plus(now, come));
    }

    private Map<PartitionId, PartitionHistory> partitions(Situation situation, List<PartitionProgress> progress) {
        Map<PartitionId, PartitionHistory> next = new HashMap<>();
        for (PartitionProgress partition : progress) {
            PartitionId id = partition.offsets().id();
            TopicFacts topic = situation.topic(id.topic());
            boolean kept = windows.sameToken(
                    Kind.WAITING, Watch.waiting(id, partition.offsets().committed()));
            next.put(
                    id,
                    PartitionHistory.next(
                            partitions.get(id),
                            topic == null ? null : topic.id(),
                            partition,
                            waiting(situation, partition),
                            situation.now(),
                            kept ? windows.since(Kind.WAITING) : null));
        }
        return next;
    }

    /**
     * Records that wait for the sink; null if not known. What it may not want at all does not, and where no record is read, a
     * single offset may be that of a transaction's marker.
     */
    private static Long waiting(Situation situation, PartitionProgress partition) {
        Long records = partition.lagRecords();
        boolean marker = !situation.thresholds().positions() && records != null && records == 1;
        return marker || partition.offsets().justFound() ? (Long) 0L : records;
    }

    /** How long it took from one heartbeat to the next, lately; null if that was not seen. */
    Duration heartbeatGap() {
        Window gap = windows.of(Kind.HEARTBEAT_GAP);
        return gap == null ? null : Duration.ofMillis(Long.parseLong(gap.token()));
    }

    /** With what was found now. */
    History found(Finding finding, Instant observedAt) {
        return new History(
                windows.stands(Kind.FINDING, finding, observedAt, null), partitions, wal, restart, consumed, produced);
    }
}
