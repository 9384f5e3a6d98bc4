package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Pipeline;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks for {@link SlowFacts} at a slower beat than that of the observations, in batched calls for all pipelines. */
final class SlowFactsReader {
    /** How old they may get. */
    private static final Duration BEAT = Duration.ofSeconds(10);
    /** How old they may get while something is missing in them. */
    private static final Duration SHORT_BEAT = Duration.ofSeconds(1);

    private final AdminCalls calls;
    private final List<Pipeline> pipelines;
    private final List<String> groups;
    private SlowFacts facts;
    private long readAt;

    SlowFactsReader(AdminCalls calls, List<Pipeline> pipelines) {
        this.calls = calls;
        this.pipelines = pipelines;
        this.groups = pipelines.stream()
                .flatMap(pipeline -> pipeline.sinkGroups().stream())
                .distinct()
                .toList();
    }

    /** The last facts while they are fresh and complete, else new ones. */
    SlowFacts read(Deadline deadline) throws InterruptedException {
        if (facts == null || System.nanoTime() - readAt >= beat().toNanos()) {
            facts = ask(deadline);
            readAt = System.nanoTime();
        }
        return facts;
    }

    private Duration beat() {
        return facts.incomplete(pipelines) ? SHORT_BEAT : BEAT;
    }

    private SlowFacts ask(Deadline deadline) throws InterruptedException {
        String clusterId = facts == null ? null : facts.clusterId();
        if (clusterId == null) {
            clusterId = calls.clusterId(deadline).value();
        }
        Map<String, Set<TopicPartition>> partitions = new HashMap<>();
        Failure topicsFailure = readTopics(partitions, deadline);
        Set<TopicPartition> all = new HashSet<>();
        partitions.values().forEach(all::addAll);
        Map<TopicPartition, Answer<Long>> beginnings =
                calls.offsets(all, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, deadline);
        return new SlowFacts(clusterId, partitions, beginnings, calls.groups(groups, deadline), topicsFailure);
    }

    /** Returns why the topics are not all known, or null. */
    private Failure readTopics(Map<String, Set<TopicPartition>> partitions, Deadline deadline)
            throws InterruptedException {
        Answer<Collection<String>> names = calls.topicNames(deadline);
        if (names.failed()) {
            return names.failure();
        }
        List<String> fed = names.value().stream()
                .filter(name -> pipelines.stream()
                        .anyMatch(pipeline -> pipeline.topics().matches(name)))
                .toList();
        Failure failure = null;
        for (Map.Entry<String, Answer<TopicDescription>> topic :
                calls.topics(fed, deadline).entrySet()) {
            if (topic.getValue().failed()) {
                failure = topic.getValue().failure();
            } else {
                addPartitions(partitions, topic.getValue().value());
            }
        }
        return failure;
    }

    private void addPartitions(Map<String, Set<TopicPartition>> partitions, TopicDescription topic) {
        for (Pipeline pipeline : pipelines) {
            if (pipeline.topics().matches(topic.name())) {
                Set<TopicPartition> own = partitions.computeIfAbsent(pipeline.name(), name -> new HashSet<>());
                topic.partitions().forEach(info -> own.add(new TopicPartition(topic.name(), info.partition())));
            }
        }
    }
}
