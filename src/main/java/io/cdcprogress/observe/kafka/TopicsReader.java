package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Pipeline;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.Collection;
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
 * Lists the topics at every observation, since no position is true that leaves a new partition out, and none is newer than
 * the listing; but never so often that a large cluster would notice: for at most a twentieth of the time.
 */
final class TopicsReader {
    private static final int SHARE = 20;
    /** For so long a listing stands in for one that was not answered, or is not the same on all brokers yet. */
    private static final Duration STANDS_IN = Duration.ofSeconds(30);
    /** A consumer with a pattern looks for new topics that often, by default ({@code metadata.max.age.ms}). */
    private static final Duration FOUND_BY_CONSUMERS = Duration.ofMinutes(5);

    private final AdminCalls calls;
    private final List<Pipeline> pipelines;
    private final LongSupplier nanoTime;
    /** When topics were first seen, by their ids; not those that were there long before the first look. */
    private final Map<Uuid, Long> seenSince = new HashMap<>();

    private final Set<Uuid> seen = new HashSet<>();
    /** Topics of the first listings, until one was answered whole, and until it is known how old they are. */
    private final Set<String> unjudged = new HashSet<>();

    private PipelineTopics topics;
    private boolean listed;
    private long dueAt;
    /** What a listing costs, in nanoseconds: the shortest of late, for it is not the broker's cost that it waits its turn. */
    private long cost = Long.MAX_VALUE / 2 / SHARE;

    TopicsReader(AdminCalls calls, List<Pipeline> pipelines, LongSupplier nanoTime) {
        this.calls = calls;
        this.pipelines = pipelines;
        this.nanoTime = nanoTime;
    }

    /** @param configured names that sinks are configured to consume, where that is known */
    PipelineTopics read(Collection<String> configured, Deadline deadline) throws InterruptedException {
        if (topics == null || nanoTime.getAsLong() - dueAt >= 0) {
            long begun = nanoTime.getAsLong();
            PipelineTopics read = PipelineTopics.read(calls, pipelines, known(configured), deadline);
            cost = Math.min(nanoTime.getAsLong() - begun, cost + cost / 4);
            dueAt = begun + cost * SHARE;
            // A topic that only some brokers know may hold records: until all do, what was listed before stands.
            boolean standsIn = topics != null
                    && topics.failures().isEmpty()
                    && read.passing()
                    && read.listedAt() - topics.listedAt() <= STANDS_IN.toNanos();
            if (!standsIn) {
                topics = read;
                note();
            }
            judge(deadline);
        }
        return topics;
    }

    /** What was there at the listing before, and may only have been hidden since, and what has to be there. */
    private Set<String> known(Collection<String> configured) {
        Set<String> known = new HashSet<>(configured);
        if (topics != null) {
            known.addAll(topics.descriptions().keySet());
            known.addAll(topics.undescribed());
        }
        return known;
    }

    private void note() {
        Set<Uuid> there = new HashSet<>();
        topics.descriptions().forEach((name, description) -> {
            there.add(description.topicId());
            if (seen.add(description.topicId())) {
                seenSince.put(description.topicId(), nanoTime.getAsLong());
                if (!listed) {
                    unjudged.add(name);
                }
            }
        });
        listed |= !topics.passing();
        if (topics.failures().isEmpty()) {
            seen.retainAll(there);
            seenSince.keySet().retainAll(there);
        }
    }

    /** Of the first listing: with a record so old that every consumer with a pattern must have found it since, it is not new. */
    private void judge(Deadline deadline) throws InterruptedException {
        unjudged.retainAll(topics.descriptions().keySet());
        if (unjudged.isEmpty()) {
            return;
        }
        long then =
                System.currentTimeMillis() - FOUND_BY_CONSUMERS.multipliedBy(2).toMillis();
        Set<TopicPartition> all = topics.all();
        all.removeIf(partition -> !unjudged.contains(partition.topic()));
        // One after the other: the second then knows the leaders that the first has looked up.
        Map<TopicPartition, Answer<Long>> firstSince = calls.offsets(
                        all, OffsetSpec.forTimestamp(then), IsolationLevel.READ_UNCOMMITTED, deadline)
                .take(deadline);
        Map<TopicPartition, Answer<Long>> ends = calls.offsets(
                        all, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, deadline)
                .take(deadline);
        Set<String> unanswered = new HashSet<>();
        for (TopicPartition partition : all) {
            Long offset = firstSince.get(partition).value();
            Long end = ends.get(partition).value();
            if (offset == null || end == null) {
                unanswered.add(partition.topic());
            } else if (end > 0 && offset != 0) {
                // None since then (-1) and yet not empty, or some before the first since then.
                seenSince.remove(topics.descriptions().get(partition.topic()).topicId());
            }
        }
        unjudged.retainAll(unanswered);
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
