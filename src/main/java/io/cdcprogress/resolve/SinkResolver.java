package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SinkPosition.Grade;
import io.cdcprogress.model.TopicFacts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The position of one sink group in one pipeline: its heads, and its W over time. */
final class SinkResolver {
    private final SinkHeads heads;
    private final WalClock walClock;
    private PositionMemory memory;
    /** What was stored before a restart, until it is known whether it belongs to what is observed now. */
    private PositionMemory stored;

    private boolean observed;
    private Failure changed;
    private Map<String, TopicFacts> topics = Map.of();
    private Map<String, TopicFacts> consumed = Map.of();

    SinkResolver(String pipeline, String group, WalClock walClock, PositionMemory stored) {
        this.heads = new SinkHeads(pipeline, group);
        this.walClock = walClock;
        this.stored = stored;
        this.memory = PositionMemory.NONE;
    }

    SinkHeads heads() {
        return heads;
    }

    /** Nothing known of before holds: another server, slot or topic. */
    void restart(Failure why) {
        memory = PositionMemory.NONE;
        stored = PositionMemory.NONE;
        changed = why;
    }

    /**
     * @param partitions null where they could not be told
     * @param present the pipeline's topics
     */
    void begin(List<PartitionOffsets> partitions, Map<String, TopicFacts> present) {
        observed = partitions != null;
        if (observed) {
            topics = present;
            Failure recreated = heads.begin(partitions, topics);
            if (recreated != null) {
                restart(recreated);
            }
            consumed = new HashMap<>();
            partitions.forEach(offsets -> {
                if (topics.containsKey(offsets.topic())) {
                    consumed.put(offsets.topic(), topics.get(offsets.topic()));
                }
            });
        }
    }

    /** Takes up what was stored, if it is of what is observed. */
    private void takeUp(Incarnation incarnation, Integer pid) {
        if (stored.incarnation() != null && observed) {
            if (incarnation.goesOnFrom(stored.incarnation(), consumed, topics)) {
                memory = new PositionMemory(
                        stored.incarnation(),
                        Lsn.max(memory.proven(), stored.proven()),
                        Lsn.max(memory.inferred(), stored.inferred()),
                        stored.pid(),
                        List.of());
            }
            stored = PositionMemory.NONE;
        }
        if (pid == null || !pid.equals(memory.pid())) {
            memory = new PositionMemory(memory.incarnation(), memory.proven(), null, pid, List.of());
        }
    }

    /**
     * What is left to say where the source or the sink was not observed.
     *
     * @param read whether the partitions' records were read all the same
     */
    SinkPosition unknown(Failure why, boolean read) {
        return SinkPosition.unknown(why, read && observed ? heads.positions() : Map.of(), kept());
    }

    /**
     * The position at this observation.
     *
     * @param frontiers of the pipeline
     * @param incarnation of the pipeline, as it is stored
     */
    SinkPosition position(ServerFacts server, Frontiers frontiers, Incarnation incarnation) {
        takeUp(incarnation, frontiers.pid());
        Map<PartitionId, PartitionPosition> positions = observed ? heads.positions() : Map.of();
        Watermark watermark = Watermark.of(positions);
        Lsn proven = watermark.below(frontiers.proven(), memory.proven());
        Lsn inferred = watermark.below(frontiers.inferred(), memory.inferred());
        memory = new PositionMemory(incarnation.text(consumed), proven, inferred, frontiers.pid(), List.of());
        Failure why = why(watermark, frontiers, Lsn.max(proven, inferred));
        SinkPosition position = why == null
                ? known(server, frontiers, positions, watermark)
                : withoutPosition(server, frontiers, positions, watermark, why);
        if (why == null) {
            changed = heads.lasts();
        }
        return position;
    }

    private static Failure why(Watermark watermark, Frontiers frontiers, Lsn w) {
        if (watermark.unknown() != null) {
            return watermark.unknown();
        }
        return w != null ? null : watermark.stays() != null ? watermark.stays() : frontiers.why();
    }

    private SinkPosition known(
            ServerFacts server,
            Frontiers frontiers,
            Map<PartitionId, PartitionPosition> positions,
            Watermark watermark) {
        Lsn source = server.sourceLsn();
        Lsn proven = atMost(source, memory.proven());
        Lsn inferred = atMost(source, memory.inferred());
        boolean sharper = inferred != null && (proven == null || inferred.compareTo(proven) > 0);
        Lsn sink = sharper ? inferred : proven;
        Lsn published = Lsn.min(source, Lsn.max(sharper ? frontiers.inferred() : frontiers.proven(), sink));
        LagAge age = LagAge.of(server.observedAt(), positions.values(), sink, source, walClock.notBeyond(sink));
        return new SinkPosition(
                published,
                sink,
                sharper ? Grade.INFERRED : Grade.PROVEN,
                proven,
                watermark.limits(sink) ? watermark.limiting() : null,
                age.since(),
                age.millis(),
                age.grade(),
                positions,
                watermark.held(sink),
                frontiers.lessSure(),
                changed,
                kept());
    }

    private SinkPosition withoutPosition(
            ServerFacts server,
            Frontiers frontiers,
            Map<PartitionId, PartitionPosition> positions,
            Watermark watermark,
            Failure why) {
        LagAge age = LagAge.of(server.observedAt(), positions.values(), null, server.sourceLsn(), null);
        return new SinkPosition(
                atMost(server.sourceLsn(), frontiers.proven()),
                null,
                Grade.UNKNOWN,
                null,
                watermark.limiting(),
                age.since(),
                age.millis(),
                age.grade(),
                positions,
                why,
                frontiers.lessSure(),
                changed,
                kept());
    }

    /** Positions are read after the source LSN and may be past it by then; no difference may be negative. */
    private static Lsn atMost(Lsn source, Lsn position) {
        return position == null ? null : Lsn.min(source, position);
    }

    private PositionMemory kept() {
        PositionMemory of = stored.incarnation() == null ? memory : stored;
        return new PositionMemory(of.incarnation(), of.proven(), of.inferred(), of.pid(), walClock.kept());
    }
}
