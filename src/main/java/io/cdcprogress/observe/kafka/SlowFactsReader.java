package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Pipeline;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Asks for {@link SlowFacts} at a slower beat than that of the observations, in batched calls for all pipelines. */
final class SlowFactsReader {
    /** How old they may get. */
    private static final Duration BEAT = Duration.ofSeconds(10);
    /** How old they may get when something has just been found missing in them; doubled for as long as it is. */
    private static final Duration SHORTEST_BEAT = Duration.ofSeconds(1);

    private final AdminCalls calls;
    private final List<String> groups;
    private Duration beat = SHORTEST_BEAT;
    private SlowFacts facts;
    private long readAt;

    SlowFactsReader(AdminCalls calls, List<Pipeline> pipelines) {
        this.calls = calls;
        this.groups = pipelines.stream()
                .flatMap(pipeline -> pipeline.sinkGroups().stream())
                .distinct()
                .toList();
    }

    /** The last facts while they are fresh and tell of every partition, else new ones. */
    SlowFacts read(Set<TopicPartition> partitions, Deadline deadline) throws InterruptedException {
        if (facts == null
                || !facts.beginnings().keySet().containsAll(partitions)
                || System.nanoTime() - readAt >= (incomplete(partitions) ? beat : BEAT).toNanos()) {
            facts = ask(partitions, deadline);
            readAt = System.nanoTime();
            Duration twice = beat.multipliedBy(2);
            beat = !incomplete(partitions) ? SHORTEST_BEAT : twice.compareTo(BEAT) < 0 ? twice : BEAT;
        }
        return facts;
    }

    private boolean incomplete(Set<TopicPartition> partitions) {
        return partitions.isEmpty() || facts.incomplete();
    }

    private SlowFacts ask(Set<TopicPartition> partitions, Deadline deadline) throws InterruptedException {
        String clusterId = facts == null ? null : facts.clusterId();
        if (clusterId == null) {
            clusterId = calls.clusterId(deadline).value();
        }
        Pending<String, GroupDescriptions.Group> described = calls.groups(groups, deadline);
        Pending<TopicPartition, Long> beginnings =
                calls.offsets(partitions, OffsetSpec.earliest(), IsolationLevel.READ_UNCOMMITTED, deadline);
        Map<String, Answer<GroupDescriptions.Group>> answered = described.take(deadline);
        return new SlowFacts(clusterId, beginnings.take(deadline), answered);
    }
}
