package io.cdcprogress.evaluate;

import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionProgress;
import java.util.List;
import java.util.Objects;

/** Records that a sink has not consumed, counted by offsets. Unknown in a part makes the whole unknown. */
final class SinkLag {
    /** How Connect names the groups of its sinks. */
    private static final String CONNECT_GROUP_PREFIX = "connect-";

    private SinkLag() {}

    /** Null where the partitions are. */
    static List<PartitionProgress> byPartition(String group, List<PartitionOffsets> partitions) {
        return partitions == null
                ? null
                : partitions.stream()
                        .map(offsets -> new PartitionProgress(offsets, records(group, offsets)))
                        .toList();
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

    static boolean belowLogStart(PartitionOffsets offsets) {
        return offsets.committed() != null
                && offsets.beginning() != null
                && offsets.committed() < offsets.beginning()
                && !offsets.recreated();
    }

    private static boolean unknown(List<PartitionProgress> partitions) {
        return partitions == null
                || partitions.isEmpty()
                || partitions.stream().map(PartitionProgress::lagRecords).anyMatch(Objects::isNull);
    }

    /** Null if that can't be told. */
    static Long records(String group, PartitionOffsets offsets) {
        Long next = next(group, offsets);
        // Past the end is no lag: the group moved on after the end was read.
        return next == null || offsets.end() == null ? null : Long.valueOf(Math.max(0, offsets.end() - next));
    }

    /** The offset of the record that the sink reads next; null if that can't be told. */
    private static Long next(String group, PartitionOffsets offsets) {
        if (!offsets.committedRead() || offsets.recreated()) {
            return null;
        }
        if (offsets.committed() != null) {
            return belowLogStart(offsets) ? offsets.beginning() : offsets.committed();
        }
        if (Long.valueOf(0).equals(offsets.end())) {
            return 0L;
        }
        // A sink connector starts at the earliest record; where another group starts is its own affair.
        boolean startsAtEarliest = group.startsWith(CONNECT_GROUP_PREFIX);
        return startsAtEarliest && Long.valueOf(0).equals(offsets.beginning()) ? offsets.beginning() : null;
    }
}
