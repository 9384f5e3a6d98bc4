package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Unread;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How many times in a row a partition was not reached in time. Where more lag than can be read at once, as with batches so
 * large that each takes an answer of its own, those that have waited longest come first: a consumer takes partitions in
 * an order of its own that is always the same, and would never come to the last of them.
 */
final class Lateness {
    private Map<PartitionId, Integer> times = Map.of();

    /** Those of the points that have waited longest; empty if none has waited. */
    Set<Point> longest(Collection<Point> points) {
        int most = points.stream().mapToInt(this::times).max().orElse(0);
        Set<Point> longest = new HashSet<>();
        points.stream().filter(point -> most > 0 && times(point) == most).forEach(longest::add);
        return longest;
    }

    private int times(Point point) {
        return times.getOrDefault(point.partition(), 0);
    }

    /** Takes the results of all points that there were. */
    void note(Map<Point, ReadResult> results) {
        Map<PartitionId, Integer> now = new HashMap<>();
        results.forEach((point, result) -> {
            if (result instanceof Unread unread && unread.failure().finding() == Finding.KAFKA_UNREACHABLE) {
                now.put(point.partition(), times(point) + 1);
            }
        });
        times = now;
    }
}
