package io.cdcprogress.model;

import java.time.Instant;
import java.util.List;

/**
 * All that one observation says of a pipeline and one of its sink groups. Null is "not known", everywhere.
 *
 * @param observedAt the database's clock, or the worker's where {@code databaseClock} is false
 * @param server null when the server did not answer
 * @param slot null when there is no slot or no answer
 * @param kafkaClusterId the cluster of the sink groups
 * @param sinkGroupState as the broker spells it
 * @param partitions null if not known
 * @param position how far the sink has come in the source's history
 */
public record ProgressReport(
        Pipeline pipeline,
        String sinkGroup,
        Instant observedAt,
        boolean databaseClock,
        ServerFacts server,
        SlotFacts slot,
        String kafkaClusterId,
        String sinkGroupState,
        List<PartitionProgress> partitions,
        SinkPosition position,
        Lag lag,
        Verdict verdict) {}
