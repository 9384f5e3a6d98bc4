package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.TopicsObservation;

/**
 * What is in Kafka by all appearance (I), while one and the same walsender serves the slot. A sharper frontier than the
 * proven one, which trails by up to the source connector's flush interval. Two ways lead to it:
 *
 * <ul>
 *   <li><i>flowing</i>: the bound of a record that stood last in its partition some time ago, for what was published
 *       before it has had that time to arrive in the other partitions; but no more than the bound of the last record of
 *       any partition that has moved since, for a backlog in one partition may take long to arrive (ADR 5);
 *   <li><i>quiet</i>: what the walsender's client had received when the topics stood as they stand now, if there is
 *       evidence that what it receives is published.
 * </ul>
 *
 * <p>The time that must have passed, the settle time, is counted in {@link Beats#flow}: silence counts for no more than
 * half of it, so a broker that takes nothing for long does not make old what is still on its way.
 */
final class InferredFrontier {
    private final long settleNanos;
    private final Beats beats;
    private final Movement.Ends ends = new Movement.Ends();
    private final PublishedHeads heads = new PublishedHeads();
    private Integer pid;
    private Heartbeat heartbeat;
    private Lsn frontier;

    /**
     * @param after the last observation that did not show it yet
     * @param transitNanos how long it took through the connector
     */
    private record Heartbeat(long after, long transitNanos) {}

    /** @param silenceNanos silence between two observed movements that counts as flow, at most */
    InferredFrontier(long settleNanos, long silenceNanos) {
        this.settleNanos = settleNanos;
        this.beats = new Beats(silenceNanos);
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
        if (!slot.active() || !reliable) {
            restart();
            return null;
        }
        if (!slot.activePid().equals(pid)) {
            pid = slot.activePid();
            heads.restart(topics.ends());
            heartbeat = null;
            frontier = null;
            beats.restart(at, received(slot));
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
     * @param transitMs how long the last heartbeat took through the connector; null if not told
     */
    Lsn at(
            long at,
            Movement movement,
            SlotFacts slot,
            TopicsObservation topics,
            SourceConnectorFacts source,
            Long transitMs) {
        if (movement.heartbeat()) {
            heartbeat = transitMs == null ? null : new Heartbeat(beats.last(), transitMs * 1_000_000);
        }
        beats.add(at, movement, received(slot), heads.largest());
        beats.newest(beat -> settled(beat, topics) && beat.head() != null)
                .ifPresent(beat -> frontier = Lsn.max(frontier, heads.publishedSince(beat.at(), beat.head())));
        beats.newest(beat -> beats.stillSince(beat) && publishedSince(beat, topics, source))
                .ifPresent(beat -> frontier = Lsn.max(frontier, beat.received()));
        beats.dropBefore(beat -> settled(beat, topics));
        return frontier;
    }

    /** Old enough, in flow and in time; topics that came later are listed. */
    private boolean settled(Beats.Beat beat, TopicsObservation topics) {
        return beats.flow() - beat.flow() >= settleNanos && topics.listedAt() - beat.at() >= settleNanos;
    }

    /** Whether what the walsender's client had received at a beat has been published since, by all appearance. */
    private boolean publishedSince(Beats.Beat beat, TopicsObservation topics, SourceConnectorFacts source) {
        if (topics.heartbeat() != null) {
            // A heartbeat that was made after the beat came through, and quickly: so did what was received before.
            return heartbeat != null
                    && heartbeat.transitNanos < settleNanos
                    && heartbeat.after - beat.at() >= heartbeat.transitNanos
                    && settled(beat, topics);
        }
        return Boolean.TRUE.equals(source.running())
                && source.statusAskedAt() - beat.at() >= 0
                && topics.listedAt() - beat.at() >= settleNanos;
    }

    /** Null without the right to see it. */
    private static Lsn received(SlotFacts slot) {
        return slot.sentLsn() == null || slot.writeLsn() == null ? null : Lsn.min(slot.sentLsn(), slot.writeLsn());
    }
}
