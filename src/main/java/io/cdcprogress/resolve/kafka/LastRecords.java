package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.observe.Deadline;
import io.cdcprogress.resolve.Point;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Looks for the last record before an offset that has something to tell, by reading forward from ever further back.
 * Undecided records are none.
 */
final class LastRecords<T> {
    /** How far back, in offsets. Mostly the first is enough: markers and tombstones are few. */
    private static final int[] STEPS = {16, 128, 1_000};

    /** What a record tells; null if nothing. */
    interface Telling<T> {
        T of(Point point, ConsumerRecord<byte[], byte[]> record) throws NotDecoded;
    }

    private final PointConsumer committed;
    private final Telling<T> telling;
    private final Map<Point, T> found = new HashMap<>();
    private final Map<Point, Failure> failures = new HashMap<>();

    LastRecords(PointConsumer committed, Telling<T> telling) {
        this.committed = committed;
        this.telling = telling;
    }

    /** @param points of different partitions */
    void find(List<Point> points, Deadline deadline) throws InterruptedException {
        int searched = 0;
        for (int step : STEPS) {
            List<Stretch> stretches = new ArrayList<>();
            for (Point point : points) {
                if (!found.containsKey(point) && !failures.containsKey(point)) {
                    stretches.add(stretch(point, step, searched));
                }
            }
            committed.read(stretches, deadline);
            stretches.stream().filter(stretch -> stretch.failure() != null).forEach(this::failed);
            searched = step;
        }
    }

    /** What was found before the failure may not be the last. */
    private void failed(Stretch stretch) {
        found.remove(stretch.point());
        failures.put(stretch.point(), stretch.failure());
    }

    private Stretch stretch(Point point, int step, int searched) {
        return new Stretch(
                point, Math.max(point.offset(), point.end() - step), point.end() - searched, true, record -> {
                    T told = telling.of(point, record);
                    if (told != null) {
                        found.put(point, told);
                    }
                    return false;
                });
    }

    Map<Point, T> found() {
        return found;
    }

    /** Where it can't be told whether there is one. */
    Map<Point, Failure> failures() {
        return failures;
    }
}
