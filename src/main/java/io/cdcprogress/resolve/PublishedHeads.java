package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.TopicsObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The bounds of the records that stand last in a pipeline's partitions, as far as one walsender has fed them. A
 * partition is filled in the order of publishing, so one whose last record has bound b lacks nothing up to b, however
 * far its producer is behind in it.
 */
final class PublishedHeads {
    /** Ends that are read at one observation; with more that move, it takes some observations to have read them all. */
    private static final int AT_ONCE = 64;

    /**
     * @param floor the end when the walsender was first seen: earlier records are another's
     * @param end where the partition ends
     * @param movedAt {@link System#nanoTime} of the observation that last saw it move
     * @param readTo the end that {@code bound} was read at; 0 if none was
     * @param bound of the last record; null if not known
     */
    private record Head(long floor, long end, long movedAt, long readTo, Lsn bound) {}

    private final Map<PartitionId, Head> heads = new HashMap<>();
    private final Map<PartitionId, Long> floors = new HashMap<>();
    private Lsn largest;
    private Instant latestCommit;

    void restart(Map<PartitionId, Long> ends) {
        heads.clear();
        floors.clear();
        floors.putAll(ends);
        largest = null;
        latestCommit = null;
    }

    void moved(long at, List<PartitionId> partitions, TopicsObservation topics) {
        heads.keySet().removeIf(partition -> !topics.topics().containsKey(partition.topic()));
        for (PartitionId partition : partitions) {
            Head before = heads.get(partition);
            heads.put(
                    partition,
                    before == null
                            ? new Head(
                                    floors.getOrDefault(partition, 0L),
                                    topics.ends().get(partition),
                                    at,
                                    0,
                                    null)
                            : new Head(before.floor, topics.ends().get(partition), at, before.readTo, before.bound));
        }
    }

    /** Stretches whose last record is not known; first those that keep the frontier furthest back. */
    List<Point> toRead(String pipeline) {
        List<Map.Entry<PartitionId, Head>> unread = new ArrayList<>(heads.entrySet());
        unread.removeIf(head -> head.getValue().readTo >= head.getValue().end);
        unread.sort(
                Comparator.comparing(head -> head.getValue().bound, Comparator.nullsFirst(Comparator.naturalOrder())));
        return unread.stream()
                .limit(AT_ONCE)
                .map(head -> new Point(pipeline, head.getKey(), head.getValue().floor, head.getValue().end))
                .toList();
    }

    void take(Point point, ReadResult result) {
        Head head = heads.get(point.partition());
        if (result instanceof ReadResult.Found found && found.position().bound() != null) {
            Lsn bound = Lsn.max(head.bound, found.position().bound());
            heads.put(point.partition(), new Head(head.floor, head.end, head.movedAt, point.end(), bound));
            largest = Lsn.max(largest, bound);
            Instant committed = found.position().committedAt();
            latestCommit = latestCommit == null || (committed != null && committed.isAfter(latestCommit))
                    ? committed
                    : latestCommit;
        } else if (result instanceof ReadResult.Nothing) {
            // Only markers were added, or nothing that tells a position: the bound of before holds.
            heads.put(point.partition(), new Head(head.floor, head.end, head.movedAt, point.end(), head.bound));
        }
    }

    /** The largest bound so far; null if none was read. */
    Lsn largest() {
        return largest;
    }

    /** The latest commit time of those records; null if none told one. */
    Instant latestCommit() {
        return latestCommit;
    }

    /** What no partition that has moved since a moment lacks, at most {@code most}; null if that is not known of one. */
    Lsn publishedSince(long at, Lsn most) {
        Lsn published = most;
        for (Head head : heads.values()) {
            if (head.movedAt - at > 0) {
                if (head.bound == null) {
                    return null;
                }
                published = Lsn.min(published, head.bound);
            }
        }
        return published;
    }
}
