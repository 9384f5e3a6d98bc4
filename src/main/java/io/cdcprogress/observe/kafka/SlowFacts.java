package io.cdcprogress.observe.kafka;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * What changes slowly and is therefore not asked at every observation.
 *
 * @param clusterId null if not told
 * @param beginnings log starts
 * @param groups the sink groups, by name
 */
record SlowFacts(
        String clusterId,
        Map<TopicPartition, Answer<Long>> beginnings,
        Map<String, Answer<GroupDescriptions.Group>> groups) {
    /** Null if not read. */
    Long beginning(TopicPartition partition) {
        Answer<Long> answer = beginnings.get(partition);
        return answer == null ? null : answer.value();
    }

    /** Whether anything is missing, so that it is worth asking again soon: a pipeline may just be starting. */
    boolean incomplete() {
        return clusterId == null
                || groups.values().stream()
                        .anyMatch(group -> group.failed() || group.value().missing())
                || beginnings.values().stream().anyMatch(Answer::failed);
    }
}
