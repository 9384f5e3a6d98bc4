package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.WalPoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The frontiers of one pipeline and the positions of its sinks, over time. Reads nothing itself: says what has to be
 * read, takes it, and tells the positions, in this order, once for each observation.
 */
final class PipelineResolver {
    private final Pipeline pipeline;
    private final Incarnation incarnation;
    private final ProvenFrontier proven;
    private final InferredFrontier inferred;
    private final WalClock walClock = new WalClock();
    private final Map<String, SinkResolver> sinks = new HashMap<>();

    private Facts facts;
    private Movement movement;
    private List<Point> headPoints = List.of();
    private Heartbeat heartbeat;

    /** @param stored by sink group; a group of which nothing is stored is not in it */
    PipelineResolver(Pipeline pipeline, Map<String, PositionMemory> stored, long settleNanos) {
        this.pipeline = pipeline;
        this.incarnation = new Incarnation(pipeline.slotName(), stored.values());
        this.proven = new ProvenFrontier();
        this.inferred = new InferredFrontier(settleNanos);
        for (String group : pipeline.sinkGroups()) {
            sinks.put(
                    group,
                    new SinkResolver(
                            pipeline.name(), group, walClock, stored.getOrDefault(group, PositionMemory.NONE)));
        }
        // All of them are samples of the same server; the longest reaches back furthest.
        stored.values().stream()
                .map(PositionMemory::walClock)
                .max((one, other) -> Integer.compare(one.size(), other.size()))
                .ifPresent(walClock::resume);
    }

    String name() {
        return pipeline.name();
    }

    void begin(Facts observed) {
        facts = observed;
        movement = null;
        headPoints = List.of();
        heartbeat = null;
        Failure changed = incarnation.note(facts.slot());
        if (changed != null) {
            proven.restart();
            inferred.restart();
            walClock.restart();
            sinks.values().forEach(sink -> sink.restart(changed));
        }
        proven.note(
                facts.at(),
                facts.slot().slotFacts(),
                facts.server() == null ? null : facts.server().sourceLsn(),
                facts.source());
        if (facts.server() != null) {
            walClock.sample(
                    new WalPoint(facts.server().insertLsn(), facts.server().observedAt()));
        }
        sinks.forEach((group, sink) -> sink.begin(
                facts.sinks().get(group) instanceof SinkObservation.Observed seen ? seen.partitions() : null,
                facts.topicFacts()));
        SlotFacts slot = facts.slot().slotFacts();
        if (slot != null && facts.topics() != null) {
            movement = inferred.begin(facts.at(), slot, facts.topics());
            headPoints = movement == null ? List.of() : inferred.heads().toRead(pipeline.name());
        }
    }

    List<Point> firstPoints() {
        return of(SinkHeads::firstPoints);
    }

    void takeFirst(Map<Point, ReadResult> results) {
        sinks.values().forEach(sink -> sink.heads().takeFirst(results));
    }

    /** Those of the sinks, and those of the frontiers. */
    List<Point> lastPoints() {
        List<Point> points = new ArrayList<>(of(SinkHeads::earlierPoints));
        points.addAll(headPoints);
        return points;
    }

    private List<Point> of(Function<SinkHeads, List<Point>> which) {
        return sinks.values().stream()
                .flatMap(sink -> which.apply(sink.heads()).stream())
                .toList();
    }

    void takeLast(Map<Point, ReadResult> results) {
        sinks.values().forEach(sink -> sink.heads().takeEarlier(results));
        headPoints.forEach(point -> inferred.heads().take(point, results.get(point)));
    }

    List<Point> heartbeatPoints() {
        boolean moved = movement != null && movement.heartbeat();
        return moved
                ? List.of(new Point(
                        pipeline.name(),
                        facts.topics().heartbeat(),
                        0,
                        facts.topics().heartbeatEnd()))
                : List.of();
    }

    void takeHeartbeats(Map<Point, Heartbeat> heartbeats) {
        heartbeatPoints().forEach(point -> heartbeat = heartbeats.get(point));
    }

    /** By sink group. */
    Map<String, SinkPosition> positions() {
        Failure unobserved = facts.whyNoPosition();
        Frontiers frontiers = unobserved == null ? frontiers() : null;
        Map<String, SinkPosition> positions = new HashMap<>();
        sinks.forEach((group, sink) -> {
            Failure why = facts.sinks().get(group) instanceof SinkObservation.Unobserved sinkUnobserved
                    ? sinkUnobserved.failure()
                    : unobserved;
            positions.put(
                    group,
                    why == null ? sink.position(facts.server(), frontiers, incarnation) : sink.unknown(why, true));
        });
        return positions;
    }

    /** Where nothing can be said of any sink, after a mistake of ours, by sink group. */
    Map<String, SinkPosition> unknown(Failure why) {
        Map<String, SinkPosition> positions = new HashMap<>();
        sinks.forEach((group, sink) -> positions.put(group, sink.unknown(why, false)));
        return positions;
    }

    private Frontiers frontiers() {
        SlotFacts slot = facts.slot().slotFacts();
        Lsn f = proven.at(
                facts.topics().listedAt(),
                facts.source().asked(),
                facts.server().sourceLsn());
        Lsn i = movement == null
                ? null
                : inferred.at(facts.at(), movement, slot, facts.topics(), facts.source(), heartbeat);
        if (facts.source().distrust() != null) {
            i = Lsn.max(i, f);
            f = null;
        }
        return new Frontiers(
                f,
                i,
                inferred.pid(),
                f == null && i == null ? whyNoFrontier() : null,
                facts.source().failure());
    }

    private Failure whyNoFrontier() {
        if (facts.source().failure() != null && !facts.source().offsetRead()) {
            return facts.source().failure();
        }
        String what = proven.why(facts.source(), facts.server().sourceLsn());
        return new Failure(Finding.POSITION_UNKNOWN, "how far the topics are filled is not known: " + what);
    }
}
