package io.cdcprogress.model;

import java.time.Instant;
import java.util.Map;

/**
 * How far a sink has come in the source's history, at one observation. Every LSN is at most the source LSN of that
 * observation. Null is "not known".
 *
 * @param published the frontier that {@code sink} rests on: every captured change up to here is in Kafka
 * @param sink the sink has consumed every captured transaction that committed at or before here
 * @param grade how sure {@code sink} is
 * @param proven what is proven of it
 * @param blocking the partition whose first unconsumed record holds {@code sink} back; null where the frontier does
 * @param oldestUnconsumedAt commit time, by the database's clock, of the oldest unconsumed change; only where exact
 * @param totalLagMs its age in milliseconds; 0 when all is consumed
 * @param ageGrade how sure that is
 * @param partitions by partition; empty where they could not be listed
 * @param why why {@code sink} is not known, or where it is, why it may be lower than it would have to be; null for neither
 * @param lessSure why no more of it is proven: Connect did not tell of the source connector; null where nothing failed
 * @param changed what made the position begin anew; null where nothing did
 * @param memory what to keep of it over a restart
 */
public record SinkPosition(
        Lsn published,
        Lsn sink,
        Grade grade,
        Lsn proven,
        PartitionId blocking,
        Instant oldestUnconsumedAt,
        Long totalLagMs,
        AgeGrade ageGrade,
        Map<PartitionId, PartitionPosition> partitions,
        Failure why,
        Failure lessSure,
        Failure changed,
        PositionMemory memory) {
    /** How sure a position is. */
    public enum Grade {
        PROVEN,
        INFERRED,
        UNKNOWN
    }

    /** How sure an age is. */
    public enum AgeGrade {
        EXACT,
        AT_MOST,
        UNKNOWN
    }

    public SinkPosition {
        partitions = Map.copyOf(partitions);
    }

    /** Nothing is known but of single partitions, and what was known is kept. */
    public static SinkPosition unknown(
            Failure why, Map<PartitionId, PartitionPosition> partitions, PositionMemory memory) {
        return new SinkPosition(
                null,
                null,
                Grade.UNKNOWN,
                null,
                null,
                null,
                null,
                AgeGrade.UNKNOWN,
                partitions,
                why,
                null,
                null,
                memory);
    }
}
