package io.cdcprogress.resolve.kafka;

import io.cdcprogress.resolve.Point;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which topics are worth a look far back. One whose records tell no position at all, as flattened events without added
 * fields, would otherwise have its last thousand records read in each partition that moved, at every observation.
 */
final class DeepLooks {
    /** Looks in a row in which a topic told nothing: from then on it has to show near its end that it tells something. */
    private static final int IN_VAIN = 3;
    /** When one partition is looked at deeply even so. */
    private static final Duration BEAT = Duration.ofMinutes(1);

    private record Topic(String pipeline, String name) {
        static Topic of(Point point) {
            return new Topic(point.pipeline(), point.partition().topic());
        }
    }

    private record Vain(int looks, long next) {}

    private final LongSupplier nanoTime;
    private final Map<Topic, Vain> vain = new HashMap<>();

    /** @param nanoTime a monotone clock, as {@link System#nanoTime} */
    DeepLooks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Whether to look further back for a point. A look that is due by the beat is given away by the asking. */
    boolean worthwhile(Point point) {
        Vain before = vain.get(Topic.of(point));
        if (before == null || before.looks < IN_VAIN) {
            return true;
        }
        boolean due = nanoTime.getAsLong() - before.next >= 0;
        if (due) {
            vain.put(Topic.of(point), new Vain(before.looks, nextBeat()));
        }
        return due;
    }

    void told(Point point) {
        vain.remove(Topic.of(point));
    }

    /** @param points that told nothing, however far back, or for whose records there was no time */
    void inVain(Collection<Point> points) {
        Set<Topic> topics = new HashSet<>();
        points.forEach(point -> topics.add(Topic.of(point)));
        topics.forEach(topic ->
                vain.merge(topic, new Vain(1, nextBeat()), (before, one) -> new Vain(before.looks + 1, one.next)));
    }

    private long nextBeat() {
        return nanoTime.getAsLong() + BEAT.toNanos();
    }
}
