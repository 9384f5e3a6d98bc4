package io.cdcprogress.resolve.kafka;

import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.observe.Deadline;
import io.cdcprogress.resolve.ChangeReader;
import io.cdcprogress.resolve.Heartbeat;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Nothing;
import io.cdcprogress.resolve.ReadResult.Unread;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.record.TimestampType;

/**
 * Reads single records by consumers that belong to no group and commit nothing. For one thread.
 *
 * <p>A partition seen from a committed offset O to its end E, the last stable offset LSO between them:
 *
 * <pre>
 *   O ── committed, aborted, markers ── LSO ── in transactions not decided yet ── E
 *     read committed: skips the aborted      read uncommitted: may still be aborted
 * </pre>
 */
public final class ConsumerChangeReader implements ChangeReader, AutoCloseable {
    private final Decoders decoders;
    private final Duration timeout;
    private final PointConsumer committed;
    private final PointConsumer uncommitted;
    private final DeepLooks deepLooks = new DeepLooks(System::nanoTime);
    private final Lateness lateFirst = new Lateness();
    private final Lateness lateLast = new Lateness();

    /**
     * Connects to nothing yet.
     *
     * @param newDecoder makes the decoder of a pipeline, by its name; asked once for each, and they are closed with this
     * @param timeout what the brokers are given for all answers of one call
     */
    public ConsumerChangeReader(
            KafkaSettings kafka, String clientId, Function<String, ChangeDecoder> newDecoder, Duration timeout) {
        this.decoders = new Decoders(newDecoder);
        this.timeout = timeout;
        this.committed = new PointConsumer(kafka, clientId, IsolationLevel.READ_COMMITTED);
        this.uncommitted = new PointConsumer(kafka, clientId, IsolationLevel.READ_UNCOMMITTED);
    }

    @Override
    public Map<Point, ReadResult> first(Collection<Point> points) throws InterruptedException {
        Map<Point, ReadResult> results = new HashMap<>();
        longestLateFirst(points, lateFirst, (round, deadline) -> first(round, deadline, results));
        lateFirst.note(results);
        return results;
    }

    private void first(List<Point> round, Deadline deadline, Map<Point, ReadResult> results)
            throws InterruptedException {
        List<Stretch> stretches = new ArrayList<>();
        round.forEach(point -> stretches.add(firstOf(point, point.offset(), false, results)));
        // What is not answered must leave time for what is undecided.
        committed.read(stretches, deadline.share(2, 3));
        List<Stretch> open = new ArrayList<>();
        stretches.stream()
                .filter(Stretch::open)
                .forEach(stretch -> open.add(firstOf(stretch.point(), stretch.from(), true, results)));
        uncommitted.read(open, deadline);
        stretches.removeIf(Stretch::open);
        stretches.addAll(open);
        stretches.forEach(stretch -> results.putIfAbsent(
                stretch.point(), stretch.failure() == null ? new Nothing() : new Unread(stretch.failure())));
    }

    private Stretch firstOf(Point point, long from, boolean open, Map<Point, ReadResult> results) {
        return new Stretch(point, from, point.end(), false, record -> {
            Decoded decoded = decoders.of(point.pipeline()).decode(record);
            results.put(
                    point, new Found(record.offset(), decoded.position(), decoded.problem(), arrivedAt(record), open));
            return true;
        });
    }

    @Override
    public Map<Point, ReadResult> lastBefore(Collection<Point> points) throws InterruptedException {
        LastRecords<Found> last = new LastRecords<>(committed, deepLooks, this::withPosition);
        longestLateFirst(points, lateLast, last::find);
        Map<Point, ReadResult> results = new HashMap<>();
        points.forEach(point -> results.put(point, new Nothing()));
        last.failures().forEach((point, failure) -> results.put(point, new Unread(failure)));
        results.putAll(last.found());
        lateLast.note(results);
        return results;
    }

    private Found withPosition(Point point, ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
        Decoded decoded = decoders.of(point.pipeline()).decode(record);
        return decoded.position() == null
                ? null
                : new Found(record.offset(), decoded.position(), null, arrivedAt(record), false);
    }

    @Override
    public Map<Point, Heartbeat> heartbeats(Collection<Point> points) throws InterruptedException {
        LastRecords<Optional<Heartbeat>> last = new LastRecords<>(committed, deepLooks, this::heartbeat);
        inRounds(points, begin(), last::find);
        Map<Point, Heartbeat> heartbeats = new HashMap<>();
        last.found().forEach((point, found) -> found.ifPresent(heartbeat -> heartbeats.put(point, heartbeat)));
        return heartbeats;
    }

    /** Empty where it does not tell how long it took: an earlier one would tell of another time. */
    private Optional<Heartbeat> heartbeat(Point point, ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
        Long emittedAt = decoders.of(point.pipeline()).emittedAt(record);
        // The time of appending is by the broker's clock, not by the worker's as the event's own.
        if (emittedAt == null
                || record.timestampType() != TimestampType.CREATE_TIME
                || record.timestamp() < emittedAt) {
            return Optional.empty();
        }
        return Optional.of(new Heartbeat(emittedAt, record.timestamp() - emittedAt));
    }

    private Deadline begin() {
        Deadline deadline = Deadline.in(timeout);
        decoders.begin(deadline);
        return deadline;
    }

    /** What is done with the points of one round. */
    private interface Step {
        void take(List<Point> round, Deadline deadline) throws InterruptedException;
    }

    /** What is late time and again leaves a part of the time for the others. */
    private void longestLateFirst(Collection<Point> points, Lateness lateness, Step step) throws InterruptedException {
        Deadline deadline = begin();
        Set<Point> others = new HashSet<>(points);
        Set<Point> longest = lateness.longest(others);
        others.removeAll(longest);
        inRounds(longest, others.isEmpty() ? deadline : deadline.share(3, 4), step);
        inRounds(others, deadline, step);
    }

    /** Each round has its share of the time, so that one that is not answered leaves the others theirs. */
    private static void inRounds(Collection<Point> points, Deadline deadline, Step step) throws InterruptedException {
        List<List<Point>> rounds = Rounds.of(points);
        for (int i = 0; i < rounds.size(); i++) {
            step.take(rounds.get(i), deadline.share(1, rounds.size() - i));
        }
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        committed.close();
        uncommitted.close();
        decoders.close();
    }

    private static Instant arrivedAt(ConsumerRecord<?, ?> record) {
        return record.timestamp() < 0 ? null : Instant.ofEpochMilli(record.timestamp());
    }
}
