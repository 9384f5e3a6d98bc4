package io.cdcprogress.model;

import java.util.Comparator;

/** A partition of a topic, written {@code topic-partition} as Kafka's own tools do. */
public record PartitionId(String topic, int partition) implements Comparable<PartitionId> {
    private static final Comparator<PartitionId> ORDER =
            Comparator.comparing(PartitionId::topic).thenComparingInt(PartitionId::partition);

    @Override
    public int compareTo(PartitionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
