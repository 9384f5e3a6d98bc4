package io.cdcprogress.evaluate;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Records that a sink has not consumed, counted by offsets. Unknown in a part makes the whole unknown. */
final class SinkLag {
    private SinkLag() {}

    /**
     * Null where the partitions are.
     *
     * @param positions those that are known
     * @param now the database's clock; null if it did not answer
     */
    static List<PartitionProgress> byPartition(
            String group,
            List<PartitionOffsets> partitions,
            Map<PartitionId, PartitionPosition> positions,
            Instant now) {
        return partitions == null
                ? null
                : partitions.stream()
                        .map(offsets -> progress(group, offsets, positions.get(offsets.id()), now))
                        .toList();
    }

    private static PartitionProgress progress(
            String group, PartitionOffsets offsets, PartitionPosition position, Instant now) {
        boolean dated = now != null && position != null && position.exact() && position.committedAt() != null;
        Long lagMs = dated
                ? (Long) Math.max(
                        0, Duration.between(position.committedAt(), now).toMillis())
                : null;
        return new PartitionProgress(offsets, records(group, offsets, position), position, lagMs);
    }

    /** Null if the partitions or any partition's lag is, or if the group consumes none: nothing read is not nothing left. */
    static Long total(List<PartitionProgress> partitions) {
        return unknown(partitions)
                ? null
                : partitions.stream().mapToLong(PartitionProgress::lagRecords).sum();
    }

    /** Null where the total is. */
    static Integer lagging(List<PartitionProgress> partitions) {
        return unknown(partitions)
                ? null
                : (int) partitions.stream().filter(p -> p.lagRecords() > 0).count();
    }

    private static boolean unknown(List<PartitionProgress> partitions) {
        return partitions == null
                || partitions.isEmpty()
                || partitions.stream().map(PartitionProgress::lagRecords).anyMatch(Objects::isNull);
    }

    /** Null if that can't be told. */
    private static Long records(String group, PartitionOffsets offsets, PartitionPosition position) {
        Long next = offsets.next(group);
        if (next == null || offsets.end() == null) {
            return null;
        }
        // Behind the last data record there may be transaction markers, which are no lag, however many there are.
        boolean nothingInReach = position != null
                && (position.drained() || (position.firstData() != null && position.firstData() >= offsets.end()));
        // Past the end is no lag: the group moved on after the end was read.
        return nothingInReach ? 0L : Math.max(0, offsets.end() - next);
    }
}
