package io.cdcprogress.rest;

import io.cdcprogress.record.ProgressEmitter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** The newest record of every partition of every sink. Written by one thread, read by many. */
final class PartitionTable implements Inbox.Table {
    private static final Duration LOOK_FOR_OLD = Duration.ofMinutes(10);

    private record Partition(String topic, int number) implements Comparable<Partition> {
        private static final Comparator<Partition> ORDER =
                Comparator.comparing(Partition::topic).thenComparing(Partition::number);

        @Override
        public int compareTo(Partition other) {
            return ORDER.compare(this, other);
        }
    }

    private record Place(SinkId sink, Partition partition) {}

    private final Map<SinkId, Map<Partition, Received>> sinks = new ConcurrentHashMap<>();
    private final Map<ByteBuffer, Place> places = new HashMap<>();
    private long lookedForOld;

    @Override
    public boolean wants(ByteBuffer key, long timestamp) {
        return false;
    }

    @Override
    public void put(ByteBuffer key, Received record) {
        Place place =
                new Place(SinkId.of(record), new Partition(record.text("topic"), (int) record.number("partition")));
        places.put(key, place);
        sinks.computeIfAbsent(place.sink(), sink -> new ConcurrentSkipListMap<>())
                .put(place.partition(), record);
        if (record.timestamp() - lookedForOld > LOOK_FOR_OLD.toMillis()) {
            lookedForOld = record.timestamp();
            forgetOld(record.timestamp() - ProgressTable.LONGEST_KNOWN.toMillis());
        }
    }

    private void forgetOld(long before) {
        sinks.values().forEach(partitions -> partitions.values().removeIf(partition -> partition.timestamp() < before));
        sinks.values().removeIf(Map::isEmpty);
        places.values()
                .removeIf(place -> !sinks.getOrDefault(place.sink(), Map.of()).containsKey(place.partition()));
    }

    @Override
    public void remove(ByteBuffer key) {
        Place place = places.remove(key);
        if (place != null) {
            sinks.getOrDefault(place.sink(), Map.of()).remove(place.partition());
        }
    }

    /**
     * By topic and number. A partition that was left out while its sink's record was written has gone away.
     *
     * @param progress the sink's own newest record
     */
    List<Received> of(Received progress) {
        long since = progress.timestamp()
                - ProgressEmitter.PARTITION_REFRESH.toMillis()
                - 3 * progress.number("poll_interval_ms");
        return sinks.getOrDefault(SinkId.of(progress), Map.of()).values().stream()
                .filter(partition -> partition.timestamp() >= since)
                .toList();
    }
}
