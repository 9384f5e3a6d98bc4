package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.TopicsObservation;
import io.cdcprogress.resolve.Beats.Beat;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What is in Kafka by all appearance (I), while one and the same walsender serves the slot. A sharper frontier than the
 * proven one, which trails by up to the source connector's flush interval. Two ways lead to it:
 *
 * <ul>
 *   <li><i>flowing</i>: the bound of a record that stood last in its partition some time ago, for what was published
 *       before it has had that time to arrive in the other partitions; but no more than the bound of the last record of
 *       any partition that has moved since, for a backlog in one partition may take long to arrive (ADR 5);
 *   <li><i>quiet</i>: what the walsender's client had received when the topics stood as they stand now, if there is
 *       evidence that what it receives is published: a heartbeat that was made later came through quickly, and half the
 *       settle time ago, for what had to wait for a stalled queue, or a pause, came with it.
 * </ul>
 *
 * <p>The settle time must have passed, three quarters of it in {@link Flow}: while a broker takes nothing, time passes and
 * what is on its way does not arrive (ADR 5).
 */
final class InferredFrontier {
    private final long settleNanos;
    private final Beats beats = new Beats();
    private final Flow flow;
    private final Movement.Ends ends = new Movement.Ends();
    private final PublishedHeads heads = new PublishedHeads();
    private Integer pid;
    private long movedAt;
    private long lastAt;
    private Heartbeat heartbeat;
    /** Heartbeats that came through quickly, oldest first, until what came with them has had time to arrive. */
    private final Deque<Quick> quick = new ArrayDeque<>();
    /** What was received at an observation up to here has been sent, and has had time to arrive; null if none. */
    private Long sentUpTo;

    private Lsn frontier;

    /**
     * @param seenAt {@link System#nanoTime} after it was first seen
     * @param madeAfter a moment before which it was not made
     * @param flowNanos how much had arrived by then
     */
    private record Quick(long seenAt, long madeAfter, long flowNanos) {}

    InferredFrontier(long settleNanos) {
        this.settleNanos = settleNanos;
        this.flow = new Flow(settleNanos / 4);
    }

    /** The walsender that the frontier rests on; null where there is none. */
    Integer pid() {
        return pid;
    }

    /** Nothing holds any more: the walsender is gone, or its records may be lost. */
    void restart() {
        pid = null;
    }

    /**
     * Takes note of what has moved.
     *
     * @return the movement, whose {@link #heads} are then to be read; null where the inference begins anew
     */
    Movement begin(long at, SlotFacts slot, TopicsObservation topics) {
        Movement movement = ends.since(topics);
        boolean reliable = topics.topics().values().stream().allMatch(facts -> facts.inSync()) && !movement.truncated();
        boolean another = slot.active() && !slot.activePid().equals(pid);
        // What can't be seen when a walsender comes would later pass for records of it.
        if (!slot.active() || !reliable || (another && topics.unread())) {
            restart();
            return null;
        }
        if (another) {
            pid = slot.activePid();
            heads.restart(topics.ends());
            heartbeat = null;
            quick.clear();
            sentUpTo = null;
            frontier = null;
            beats.restart();
            flow.restart(at);
            movedAt = at;
            lastAt = at;
            beats.add(beat(at, slot, topics));
            return null;
        }
        heads.moved(at, movement.data(), topics);
        return movement;
    }

    PublishedHeads heads() {
        return heads;
    }

    /**
     * I at this observation; null if nothing is known.
     *
     * @param movement as {@link #begin} gave it
     * @param newHeartbeat the last heartbeat, where one has come; null if it was not read
     */
    Lsn at(
            long at,
            Movement movement,
            SlotFacts slot,
            TopicsObservation topics,
            SourceConnectorFacts source,
            Heartbeat newHeartbeat) {
        if (movement.heartbeat()) {
            heartbeat = newHeartbeat;
        }
        long before = lastAt;
        lastAt = at;
        if (!movement.data().isEmpty()) {
            movedAt = at;
        }
        if (movement.dataUntold()) {
            // What can't be seen to arrive may be on its way for as long as that lasts, and then some.
            beats.restart();
            movedAt = at;
        }
        Beat now = beat(at, slot, topics);
        beats.add(now);
        if (movement.heartbeat() && heartbeat != null && heartbeat.transitMs() * 1_000_000 < settleNanos) {
            quick.addLast(new Quick(topics.readAt(), before - heartbeat.transitMs() * 1_000_000, now.flowNanos()));
        }
        while (!quick.isEmpty()
                && topics.listedAt() - quick.getFirst().seenAt >= settleNanos / 2
                && now.flowNanos() - quick.getFirst().flowNanos >= settleNanos / 8 * 3) {
            sentUpTo = quick.removeFirst().madeAfter;
        }
        beats.newest(beat -> beat.head() != null
                        && settled(beat, now, topics)
                        && topics.listedAt() - beat.readAt() >= settleNanos)
                .ifPresent(beat -> frontier = Lsn.max(frontier, heads.publishedSince(beat.at(), beat.head())));
        beats.newest(beat -> beat.at() - movedAt >= 0 && publishedSince(beat, now, topics, source))
                .ifPresent(beat -> frontier = Lsn.max(frontier, beat.received()));
        beats.dropBefore(beat -> settled(beat, now, topics)
                && (!beats(topics, source) || (sentUpTo != null && sentUpTo - beat.at() >= 0)));
        return frontier;
    }

    private Beat beat(long at, SlotFacts slot, TopicsObservation topics) {
        return new Beat(
                at,
                topics.readAt(),
                received(slot),
                heads.largest(),
                flow.at(at, heads.latestCommit(), heartbeat == null ? null : (Long) heartbeat.emittedAtMs()));
    }

    /** Old enough by our clock and by what has arrived since; topics that came later are listed. */
    private boolean settled(Beat beat, Beat now, TopicsObservation topics) {
        return topics.listedAt() - beat.at() >= settleNanos
                && now.flowNanos() - beat.flowNanos() >= settleNanos / 4 * 3;
    }

    /** Whether heartbeats are to be expected; a topic that is left over from earlier tells nothing. */
    private static boolean beats(TopicsObservation topics, SourceConnectorFacts source) {
        return topics.heartbeat() != null && !Boolean.FALSE.equals(source.heartbeats());
    }

    /** Whether what the walsender's client had received at a beat has been published since, by all appearance. */
    private boolean publishedSince(Beat beat, Beat now, TopicsObservation topics, SourceConnectorFacts source) {
        if (beats(topics, source)) {
            return sentUpTo != null && sentUpTo - beat.at() >= 0 && settled(beat, now, topics);
        }
        return source.running()
                && source.statusAskedAt() - beat.at() >= 0
                && topics.listedAt() - beat.at() >= settleNanos;
    }

    /** Null without the right to see it. */
    private static Lsn received(SlotFacts slot) {
        return slot.sentLsn() == null || slot.writeLsn() == null ? null : Lsn.min(slot.sentLsn(), slot.writeLsn());
    }
}
