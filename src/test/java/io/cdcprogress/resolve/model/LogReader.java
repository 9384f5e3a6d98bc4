package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.resolve.ChangeReader;
import io.cdcprogress.resolve.Heartbeat;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Reads the logs of the world as they stand when it is asked, which is later than when their ends were read. */
final class LogReader implements ChangeReader {
    static final int LIMIT = 200;
    private static final ReadResult UNREAD =
            new ReadResult.Unread(new Failure(Finding.POSITION_UNKNOWN, "no answer in time"));

    private static final Comparator<Point> ORDER =
            Comparator.comparing(Point::partition).thenComparing(Point::offset).thenComparing(Point::end);

    private final World world;
    private final Break broken;
    private final boolean fails;
    /** What was not read since the observation began. */
    private final List<Point> failedFirst = new ArrayList<>();

    private final List<Point> failedLast = new ArrayList<>();

    LogReader(World world, Break broken) {
        this.world = world;
        this.broken = broken;
        this.fails = world.dials.scenario.is(Scenario.UNREAD, Scenario.EVERYTHING);
    }

    void begin() {
        failedFirst.clear();
        failedLast.clear();
    }

    /** Whether nothing of these was left unread; what the ends are read for is no matter of a sink. */
    boolean readAllOf(List<PartitionOffsets> partitions) {
        Map<PartitionId, Long> next = new HashMap<>();
        partitions.forEach(offsets -> next.put(offsets.id(), offsets.committed() == null ? 0 : offsets.committed()));
        return failedFirst.isEmpty()
                && failedLast.stream()
                        .noneMatch(point ->
                                next.containsKey(point.partition()) && point.end() == next.get(point.partition()));
    }

    @Override
    public Map<Point, ReadResult> first(Collection<Point> points) {
        return each(points, this::first, failedFirst);
    }

    @Override
    public Map<Point, ReadResult> lastBefore(Collection<Point> points) {
        return each(points, this::lastBefore, failedLast);
    }

    private Map<Point, ReadResult> each(
            Collection<Point> points, Function<Point, ReadResult> read, List<Point> failed) {
        Map<Point, ReadResult> results = new HashMap<>();
        // In an order of its own: that of sets differs from one virtual machine to the next.
        for (Point point : points.stream().sorted(ORDER).toList()) {
            if (!world.dials.worldStopsWhileReading) {
                world.runTo(world.now + world.dials.upTo(100 * Dials.MS));
            }
            boolean unread = fails && world.dials.chance(0.2);
            ReadResult result = unread ? UNREAD : read.apply(point);
            if (result == UNREAD) {
                failed.add(point);
            }
            results.put(point, result);
        }
        return results;
    }

    private Log log(Point point) {
        Topic topic = world.brokers.topics.get(point.partition().topic());
        return topic == null || topic.logs.size() <= point.partition().partition()
                ? null
                : topic.logs.get(point.partition().partition());
    }

    private ReadResult first(Point point) {
        Log log = log(point);
        if (log == null || point.offset() < log.start || point.end() > log.end()) {
            return UNREAD; // out of range
        }
        if (broken == Break.ONE_LEFT_IS_DRAINED && point.end() - point.offset() == 1) {
            return new ReadResult.Nothing();
        }
        for (long offset = point.offset(); offset < point.end(); offset++) {
            Entry entry = log.entries.get((int) offset);
            boolean skip = broken == Break.FORWARD_OVER_TOMBSTONE && entry.rec != null && entry.rec.position() == null;
            if (entry.data() && !skip) {
                return found(entry);
            }
        }
        if (broken == Break.ANY_LEFT_IS_LAG) {
            return new ReadResult.Found(point.offset(), null, "no value", null, false);
        }
        return new ReadResult.Nothing();
    }

    private ReadResult.Found found(Entry entry) {
        ChangePosition position = entry.rec.position();
        if (broken == Break.LSN_FOR_BOUND && position != null && position.streamed()) {
            position = new ChangePosition(new Lsn(entry.rec.lsn()), position.committedAt(), position.kind());
        }
        boolean open = entry.offset >= entry.log.stable();
        return new ReadResult.Found(entry.offset, position, position == null ? "no value" : null, null, open);
    }

    private ReadResult lastBefore(Point point) {
        Log log = log(point);
        if (log == null || point.end() > log.end()) {
            return UNREAD;
        }
        long limit = Math.max(Math.max(point.offset(), log.start), point.end() - LIMIT);
        for (long offset = point.end() - 1; offset >= limit; offset--) {
            Entry entry = log.entries.get((int) offset);
            if (entry.data() && entry.rec.position() != null) {
                return found(entry);
            }
        }
        return new ReadResult.Nothing();
    }

    @Override
    public Map<Point, Heartbeat> heartbeats(Collection<Point> points) {
        Map<Point, Heartbeat> heartbeats = new HashMap<>();
        for (Point point : points) {
            Log log = world.brokers.heartbeat.logs.get(0);
            for (long offset = point.end() - 1; offset >= 0 && !heartbeats.containsKey(point); offset--) {
                Entry entry = log.entries.get((int) offset);
                if (entry.data()) {
                    long transit = (entry.sentAt - entry.rec.createdAt()) / Dials.MS;
                    heartbeats.put(point, new Heartbeat(entry.rec.createdAt() / Dials.MS, transit));
                }
            }
        }
        return heartbeats;
    }
}
