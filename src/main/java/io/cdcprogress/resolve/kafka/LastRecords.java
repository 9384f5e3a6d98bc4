package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.observe.Deadline;
import io.cdcprogress.resolve.Point;
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
    private static final int NEAR = 16;

    private static final int FARTHER = 128;
    private static final int FARTHEST = 1_000;

    /** What a record tells; null if nothing. */
    interface Telling<T> {
        T of(Point point, ConsumerRecord<byte[], byte[]> record) throws NotDecoded;
    }

    private final PointConsumer committed;
    private final DeepLooks deepLooks;
    private final Telling<T> telling;
    private final Map<Point, T> found = new HashMap<>();
    private final Map<Point, Failure> failures = new HashMap<>();

    LastRecords(PointConsumer committed, DeepLooks deepLooks, Telling<T> telling) {
        this.committed = committed;
        this.deepLooks = deepLooks;
        this.telling = telling;
    }

    /** @param points of different partitions */
    void find(List<Point> points, Deadline deadline) throws InterruptedException {
        // What is not answered must leave time for what has to be looked for further back.
        look(points, NEAR, 0, deadline.share(1, 2));
        points.stream().filter(found::containsKey).forEach(deepLooks::told);
        List<Point> deep = points.stream()
                .filter(point -> missing(point) && point.end() - NEAR > point.offset())
                .filter(deepLooks::worthwhile)
                .toList();
        look(deep, FARTHER, NEAR, deadline.share(1, 2));
        look(deep.stream().filter(this::missing).toList(), FARTHEST, FARTHER, deadline);
        deepLooks.inVain(
                deep.stream().filter(point -> !found.containsKey(point)).toList());
        deep.stream().filter(found::containsKey).forEach(deepLooks::told);
    }

    private boolean missing(Point point) {
        return !found.containsKey(point) && !failures.containsKey(point);
    }

    private void look(List<Point> points, int step, int searched, Deadline deadline) throws InterruptedException {
        List<Stretch> stretches =
                points.stream().map(point -> stretch(point, step, searched)).toList();
        committed.read(stretches, deadline);
        stretches.stream().filter(stretch -> stretch.failure() != null).forEach(this::failed);
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
