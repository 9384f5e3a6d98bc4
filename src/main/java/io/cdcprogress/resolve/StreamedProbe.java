package io.cdcprogress.resolve;

import io.cdcprogress.model.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Looks for a streamed record at the ends of a pipeline's partitions, a few at an observation, each end once: only its
 * presence tells that the initial snapshot is over, where Connect is not asked.
 */
final class StreamedProbe {
    private static final int AT_ONCE = 3;

    private final String pipeline;
    private final Map<PartitionId, Long> tried = new HashMap<>();

    StreamedProbe(String pipeline) {
        this.pipeline = pipeline;
    }

    List<Point> points(Map<PartitionId, Long> ends) {
        List<Point> points = new ArrayList<>();
        for (Map.Entry<PartitionId, Long> end : new TreeMap<>(ends).entrySet()) {
            boolean worthIt = end.getValue() > tried.getOrDefault(end.getKey(), 0L);
            if (worthIt && points.size() < AT_ONCE) {
                points.add(new Point(pipeline, end.getKey(), 0, end.getValue()));
            }
        }
        return points;
    }

    void take(Map<Point, ReadResult> results, List<Point> asked) {
        for (Point point : asked) {
            if (!(results.get(point) instanceof ReadResult.Unread)) {
                tried.put(point.partition(), point.end());
            }
        }
    }
}
