package io.cdcprogress.record;

import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * Turns reports into the records that {@code poll()} returns, and numbers them. Numbers are given here, at hand-over,
 * and not when observing: an observation that nobody takes leaves no gap.
 *
 * <p>Within one observation the partition records go first and carry the offset of the observation before; the
 * progress record closes it with its own. So wherever a worker dies, the stored sequence belongs to a progress record
 * that is in the topic.
 */
public final class ProgressEmitter {
    /** How old a partition's last record may get while nothing in it changes. */
    /** A partition's record is written again after this, though nothing in it changed. */
    public static final Duration PARTITION_REFRESH = Duration.ofMinutes(1);

    private final long refreshNanos;

    private record PartitionKey(Sink sink, String topic, int partition) {}

    /** What the last progress record of a sink left to be stored. */
    private record Last(long sequence, PositionMemory memory, Map<String, Window> windows) {
        private static final Last NONE = new Last(0, PositionMemory.NONE, Map.of());

        private Map<String, Object> offset() {
            return SourceOffsets.offset(sequence, memory, windows);
        }
    }

    private record Written(PartitionProgress progress, long at) {}

    private final ProgressRecordMapper mapper;
    private final String progressTopic;
    private final String partitionsTopic;
    private final LongSupplier nanoTime;
    private final Map<Sink, Last> last = new HashMap<>();
    private final Map<PartitionKey, Written> written = new HashMap<>();

    /**
     * @param partitionsTopic empty for no partition records
     * @param nanoTime a monotone clock, as {@link System#nanoTime}
     */
    public ProgressEmitter(
            String connector,
            Duration pollInterval,
            String progressTopic,
            String partitionsTopic,
            LongSupplier nanoTime) {
        this.mapper = new ProgressRecordMapper(connector, pollInterval);
        this.progressTopic = progressTopic;
        this.partitionsTopic = partitionsTopic;
        this.nanoTime = nanoTime;
        // The observation after this one would be too late.
        this.refreshNanos = PARTITION_REFRESH.minus(pollInterval).toNanos();
    }

    /**
     * Goes on from what Connect has stored.
     *
     * @param storedOffset null where nothing is stored
     */
    public void resume(String pipeline, String group, Map<String, Object> storedOffset) {
        last.put(
                new Sink(pipeline, group),
                new Last(
                        SourceOffsets.sequence(storedOffset),
                        SourceOffsets.memory(storedOffset),
                        SourceOffsets.windows(storedOffset)));
    }

    /** The records of one observation, in their order. */
    public List<SourceRecord> records(List<ProgressReport> reports) {
        List<SourceRecord> records = new ArrayList<>();
        Set<PartitionKey> present = new HashSet<>();
        for (ProgressReport report : reports) {
            Sink sink = new Sink(report.pipeline().name(), report.sinkGroup());
            Last previous = last.getOrDefault(sink, Last.NONE);
            Last now = new Last(previous.sequence + 1, report.position().memory(), report.windows());
            addPartitions(records, report, sink, previous, present);
            records.add(record(
                    sink,
                    now.offset(),
                    progressTopic,
                    mapper.progressKey(report),
                    mapper.progress(report, now.sequence)));
            last.put(sink, now);
        }
        written.keySet().retainAll(present);
        return records;
    }

    private void addPartitions(
            List<SourceRecord> records, ProgressReport report, Sink sink, Last previous, Set<PartitionKey> present) {
        if (partitionsTopic.isEmpty() || report.partitions() == null) {
            return;
        }
        long now = nanoTime.getAsLong();
        for (PartitionProgress partition : report.partitions()) {
            PartitionKey key = new PartitionKey(
                    sink, partition.offsets().topic(), partition.offsets().partition());
            present.add(key);
            Written before = written.get(key);
            if (before == null || !before.progress.sameAs(partition) || now - before.at > refreshNanos) {
                written.put(key, new Written(partition, now));
                records.add(record(
                        sink,
                        previous.offset(),
                        partitionsTopic,
                        mapper.partitionKey(report, partition.offsets()),
                        mapper.partition(report, partition, previous.sequence + 1)));
            }
        }
    }

    private static SourceRecord record(Sink sink, Map<String, Object> stored, String topic, Struct key, Struct value) {
        return new SourceRecord(
                SourceOffsets.partition(sink.pipeline(), sink.group()),
                stored,
                topic,
                key.schema(),
                key,
                value.schema(),
                value);
    }
}
