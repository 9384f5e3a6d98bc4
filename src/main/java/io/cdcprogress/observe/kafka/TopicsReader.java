package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Pipeline;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Lists the topics at every observation, since no position is true that leaves a new partition out; but never so often
 * that a large cluster would notice: at most once a second, and for at most a twentieth of the time.
 */
final class TopicsReader {
    private static final Duration SHORTEST_BEAT = Duration.ofMillis(900);
    private static final int SHARE = 20;
    /** A consumer with a pattern looks for new topics that often, by default ({@code metadata.max.age.ms}). */
    private static final Duration FOUND_BY_CONSUMERS = Duration.ofMinutes(5);

    private final AdminCalls calls;
    private final List<Pipeline> pipelines;
    private final LongSupplier nanoTime;
    /** When topics were first seen, by their ids; not those that were there long before the first look. */
    private final Map<Uuid, Long> seenSince = new HashMap<>();

    private final Set<Uuid> seen = new HashSet<>();

    private PipelineTopics topics;
    private long dueAt;

    TopicsReader(AdminCalls calls, List<Pipeline> pipelines, LongSupplier nanoTime) {
        this.calls = calls;
        this.pipelines = pipelines;
        this.nanoTime = nanoTime;
    }

    PipelineTopics read(Deadline deadline) throws InterruptedException {
        if (topics == null || nanoTime.getAsLong() - dueAt >= 0) {
            long begun = nanoTime.getAsLong();
            PipelineTopics read = PipelineTopics.read(calls, pipelines, deadline);
            long took = nanoTime.getAsLong() - begun;
            // A topic that only some brokers know may hold records: until all do, what was listed before stands.
            boolean keep = !read.undescribed().isEmpty()
                    && topics != null
                    && topics.failures().isEmpty();
            if (!keep) {
                note(read, topics == null ? oldOnes(read, deadline) : Set.of());
                topics = read;
            }
            boolean again = !read.undescribed().isEmpty() || !read.failures().isEmpty();
            dueAt = begun + (again ? 0 : Math.max(SHORTEST_BEAT.toNanos(), took * SHARE));
        }
        return topics;
    }

    private void note(PipelineTopics read, Set<String> old) {
        read.descriptions().forEach((name, description) -> {
            if (seen.add(description.topicId()) && !old.contains(name)) {
                seenSince.put(description.topicId(), nanoTime.getAsLong());
            }
        });
    }

    /** At the first look: those with a record so old that every consumer with a pattern must have found them since. */
    private Set<String> oldOnes(PipelineTopics read, Deadline deadline) throws InterruptedException {
        long then =
                System.currentTimeMillis() - FOUND_BY_CONSUMERS.multipliedBy(2).toMillis();
        Set<TopicPartition> all = read.all();
        // One after the other: the second then knows the leaders that the first has looked up.
        Map<TopicPartition, Answer<Long>> firstSince = calls.offsets(
                        all, OffsetSpec.forTimestamp(then), IsolationLevel.READ_UNCOMMITTED, deadline)
                .take(deadline);
        Map<TopicPartition, Answer<Long>> ends = calls.offsets(
                        all, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, deadline)
                .take(deadline);
        return all.stream()
                .filter(partition -> {
                    Long offset = firstSince.get(partition).value();
                    Long end = ends.get(partition).value();
                    // None since then (-1) and yet not empty, or some before the first since then.
                    return offset != null && end != null && end > 0 && offset != 0;
                })
                .map(TopicPartition::topic)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Topics that appeared so lately that a consumer with a pattern may not have found them yet. */
    Set<String> justFound() {
        long now = nanoTime.getAsLong();
        return topics.descriptions().values().stream()
                .filter(description -> {
                    Long since = seenSince.get(description.topicId());
                    return since != null && now - since < FOUND_BY_CONSUMERS.toNanos();
                })
                .map(TopicDescription::name)
                .collect(Collectors.toUnmodifiableSet());
    }
}
