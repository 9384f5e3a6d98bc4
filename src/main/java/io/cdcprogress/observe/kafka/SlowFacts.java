package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Pipeline;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What changes slowly and is therefore not asked at every observation.
 *
 * @param clusterId null if not told
 * @param partitions every partition of every topic of each pipeline, by the pipeline's name
 * @param topicFailures why a pipeline's topics are not all known; a pipeline whose topics are is not in it
 * @param beginnings log starts
 * @param groups the sink groups, by name
 */
record SlowFacts(
        String clusterId,
        Map<String, Set<TopicPartition>> partitions,
        Map<String, Failure> topicFailures,
        Map<TopicPartition, Answer<Long>> beginnings,
        Map<String, Answer<GroupDescriptions.Group>> groups) {
    Set<TopicPartition> partitions(Pipeline pipeline) {
        return partitions.getOrDefault(pipeline.name(), Set.of());
    }

    /** Null if not read. */
    Long beginning(TopicPartition partition) {
        Answer<Long> answer = beginnings.get(partition);
        return answer == null ? null : answer.value();
    }

    /** Whether anything is missing, so that it is worth asking again soon: a pipeline may just be starting. */
    boolean incomplete(Collection<Pipeline> pipelines) {
        return clusterId == null
                || !topicFailures.isEmpty()
                || pipelines.stream().anyMatch(pipeline -> partitions(pipeline).isEmpty())
                || groups.values().stream()
                        .anyMatch(group -> group.failed() || group.value().missing())
                || beginnings.values().stream().anyMatch(Answer::failed);
    }
}
