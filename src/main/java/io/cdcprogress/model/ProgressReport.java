package io.cdcprogress.model;

import java.time.Instant;
import java.util.List;

/**
 * All that one observation says of a pipeline and one of its sink groups. Null is "not known", everywhere.
 *
 * @param observedAt the database's clock, or the worker's where {@code databaseClock} is false
 * @param server null when the server did not answer
 * @param slot null when there is no slot or no answer
 * @param lagBytes WAL that the slot has not confirmed
 * @param retainedWalBytes WAL that the slot holds on the server's disk
 * @param sinkGroupState as the broker spells it
 * @param partitions null if not known
 * @param sinkLagRecords records that the sink has not consumed
 * @param sinkLaggingPartitions partitions with such records
 */
public record ProgressReport(
        Pipeline pipeline,
        String sinkGroup,
        Instant observedAt,
        boolean databaseClock,
        ServerFacts server,
        SlotFacts slot,
        Long lagBytes,
        Long retainedWalBytes,
        String kafkaClusterId,
        String sinkGroupState,
        List<PartitionProgress> partitions,
        Long sinkLagRecords,
        Integer sinkLaggingPartitions,
        Verdict verdict) {}
