package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Pipeline;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics that each pipeline feeds.
 *
 * @param partitions by the pipeline's name
 * @param failures why a pipeline's topics are not all known, by its name
 */
record PipelineTopics(Map<String, Set<TopicPartition>> partitions, Map<String, Failure> failures) {
    /** Lists the topics, and describes those that are fed by any of the pipelines. */
    static PipelineTopics read(AdminCalls calls, Collection<Pipeline> pipelines, Deadline deadline)
            throws InterruptedException {
        PipelineTopics topics = new PipelineTopics(new HashMap<>(), new HashMap<>());
        Answer<Set<String>> names = calls.topicNames(deadline);
        if (names.failed()) {
            pipelines.forEach(pipeline -> topics.failures.put(pipeline.name(), names.failure()));
            return topics;
        }
        List<String> fed = names.value().stream()
                .filter(name -> pipelines.stream()
                        .anyMatch(pipeline -> pipeline.topics().matches(name)))
                .toList();
        calls.topics(fed, deadline)
                .take(deadline)
                .forEach((name, topic) -> pipelines.stream()
                        .filter(pipeline -> pipeline.topics().matches(name))
                        .forEach(pipeline -> topics.add(pipeline, topic)));
        return topics;
    }

    private void add(Pipeline pipeline, Answer<TopicDescription> topic) {
        if (topic.failed()) {
            failures.put(pipeline.name(), topic.failure());
        } else if (topic.value() != null) {
            Set<TopicPartition> own = partitions.computeIfAbsent(pipeline.name(), name -> new HashSet<>());
            topic.value()
                    .partitions()
                    .forEach(info -> own.add(new TopicPartition(topic.value().name(), info.partition())));
        }
    }

    Set<TopicPartition> all() {
        Set<TopicPartition> all = new HashSet<>();
        partitions.values().forEach(all::addAll);
        return all;
    }
}
