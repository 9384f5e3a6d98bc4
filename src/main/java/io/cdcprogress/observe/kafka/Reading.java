package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicsObservation;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * What one observation read of the topics, for all groups alike.
 *
 * @param settings read at a slower beat
 * @param highWatermarks ends of all that is written
 * @param stableEnds last stable offsets, of the pipelines whose sinks read committed
 * @param readAt {@link System#nanoTime} after the ends were read
 * @param justFound topics that a consumer may not have found yet
 */
record Reading(
        PipelineTopics topics,
        SlowFacts slow,
        TopicSettings settings,
        Map<TopicPartition, Answer<Long>> highWatermarks,
        Map<TopicPartition, Answer<Long>> stableEnds,
        long readAt,
        Set<String> justFound) {
    /** The end that the pipeline's sinks can reach; null if it was not asked for. */
    Answer<Long> end(Pipeline pipeline, TopicPartition partition) {
        return (pipeline.readCommitted() ? stableEnds : highWatermarks).get(partition);
    }

    /** Null if not read. */
    Long highWatermark(TopicPartition partition) {
        Answer<Long> answer = highWatermarks.get(partition);
        return answer == null ? null : answer.value();
    }

    TopicsObservation topics(Pipeline pipeline) {
        Map<String, TopicFacts> facts = new HashMap<>();
        Map<PartitionId, Long> ends = new HashMap<>();
        boolean unread = topics.failures().containsKey(pipeline.name());
        for (TopicPartition partition : topics.of(pipeline)) {
            facts.computeIfAbsent(partition.topic(), this::facts);
            Long end = highWatermark(partition);
            unread |= end == null;
            if (end != null) {
                ends.put(new PartitionId(partition.topic(), partition.partition()), end);
            }
        }
        TopicPartition heartbeat = topics.heartbeat(pipeline);
        return new TopicsObservation(
                topics.listedAt(),
                readAt,
                facts,
                ends,
                unread,
                heartbeat == null ? null : new PartitionId(heartbeat.topic(), heartbeat.partition()),
                heartbeat == null ? null : highWatermark(heartbeat));
    }

    private TopicFacts facts(String topic) {
        TopicDescription description = topics.descriptions().get(topic);
        TopicSettings.Settings known = settings.of(topic);
        boolean inSync = description.partitions().stream()
                .allMatch(partition -> partition.isr().size()
                        >= (known == null
                                ? partition.replicas().size()
                                : Math.min(
                                        known.minInSync(), partition.replicas().size())));
        return new TopicFacts(
                description.topicId().toString(),
                known == null || known.compacted(),
                inSync,
                known == null ? null : known.retention());
    }
}
