package io.cdcprogress.position;

import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.StackException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A sink group that only commits: each partition on its own, by steps of any size, as a real one may. */
final class SteppingSink implements AutoCloseable {
    private final Admin admin;
    private final String group;
    private final Supplier<List<TopicPartition>> partitions;
    private final Random random;
    private final Map<TopicPartition, Long> committed = new HashMap<>();

    SteppingSink(Broker broker, String group, Supplier<List<TopicPartition>> partitions, long seed) {
        this.admin = broker.admin();
        this.group = group;
        this.partitions = partitions;
        this.random = new Random(seed);
    }

    /** Some partitions go on by some records. */
    void step() {
        commit((from, end) -> from + (random.nextBoolean() ? 0 : (long) Math.ceil(random.nextDouble() * (end - from))));
    }

    /** All partitions go on to their end. */
    void drain() {
        commit((from, end) -> end);
    }

    /** Where a partition's commit goes from where it is. */
    private interface Step {
        long next(long from, long end);
    }

    private void commit(Step step) {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        partitions.get().forEach(p -> latest.put(p, OffsetSpec.latest()));
        try {
            Map<TopicPartition, ListOffsetsResultInfo> ends =
                    admin.listOffsets(latest).all().get();
            Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
            ends.forEach((partition, end) -> {
                long offset = step.next(committed.getOrDefault(partition, 0L), end.offset());
                committed.put(partition, offset);
                next.put(partition, new OffsetAndMetadata(offset));
            });
            if (!next.isEmpty()) {
                admin.alterConsumerGroupOffsets(group, next).all().get();
            }
        } catch (ExecutionException e) {
            throw new StackException("commits of " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("commits of " + group, e);
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
