package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.observe.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;

/**
 * The topics that each pipeline feeds.
 *
 * @param listedAt {@link System#nanoTime} before they were listed: what was created later is not among them
 * @param partitions by the pipeline's name
 * @param failures why a pipeline's topics are not all known, by its name
 * @param descriptions of the topics, by name
 * @param undescribed topics that are fed and could not be described: refused, not answered, or not known to every broker
 * @param heartbeats Debezium's heartbeat topics that are there
 */
record PipelineTopics(
        long listedAt,
        Map<String, Set<TopicPartition>> partitions,
        Map<String, Failure> failures,
        Map<String, TopicDescription> descriptions,
        Set<String> undescribed,
        Set<String> heartbeats) {
    private static PipelineTopics empty() {
        return new PipelineTopics(
                System.nanoTime(), new HashMap<>(), new HashMap<>(), new HashMap<>(), new HashSet<>(), new HashSet<>());
    }

    /**
     * Lists the topics, and describes those that are fed by any of the pipelines.
     *
     * @param known names of topics that have to be there, or were: a broker leaves out of the list what the principal may
     *     not see, and says so only when it is asked by name
     */
    static PipelineTopics read(
            AdminCalls calls, Collection<Pipeline> pipelines, Collection<String> known, Deadline deadline)
            throws InterruptedException {
        PipelineTopics topics = empty();
        Answer<Set<String>> names = calls.topicNames(deadline);
        if (names.failed()) {
            pipelines.forEach(pipeline -> topics.failures.put(pipeline.name(), names.failure()));
            return topics;
        }
        Set<String> fed = Stream.concat(names.value().stream(), known.stream())
                .filter(name -> pipelines.stream()
                        .anyMatch(pipeline -> pipeline.topics().matches(name)))
                .collect(Collectors.toSet());
        Map<String, Answer<TopicDescription>> described =
                calls.topics(fed, deadline).take(deadline);
        described.forEach((name, topic) -> {
            boolean gone = !names.value().contains(name) && !topic.failed() && topic.value() == null;
            if (!gone) {
                pipelines.stream()
                        .filter(pipeline -> pipeline.topics().matches(name))
                        .forEach(pipeline -> topics.add(pipeline, name, topic));
            }
        });
        pipelines.stream()
                .map(pipeline -> pipeline.topics().heartbeat())
                .filter(name -> name != null && names.value().contains(name))
                .forEach(topics.heartbeats::add);
        return topics;
    }

    private void add(Pipeline pipeline, String name, Answer<TopicDescription> topic) {
        if (topic.failed()) {
            Failure failure = topic.failure();
            failures.put(pipeline.name(), new Failure(failure.finding(), "topic " + name + ": " + failure.detail()));
            undescribed.add(name);
        } else if (topic.value() == null) {
            undescribed.add(name);
            failures.putIfAbsent(
                    pipeline.name(),
                    new Failure(
                            Finding.POSITION_UNKNOWN,
                            "topic " + name + " is known to one broker and not to another: it is just being created or"
                                    + " deleted"));
        } else {
            descriptions.put(name, topic.value());
            Set<TopicPartition> own = partitions.computeIfAbsent(pipeline.name(), any -> new HashSet<>());
            topic.value().partitions().forEach(info -> own.add(new TopicPartition(name, info.partition())));
        }
    }

    /** Whether all that failed may come right by itself, so that an earlier listing may stand in. */
    boolean passing() {
        return !failures.isEmpty()
                && failures.values().stream().noneMatch(failure -> failure.finding() == Finding.NOT_AUTHORIZED);
    }

    Set<TopicPartition> of(Pipeline pipeline) {
        return partitions.getOrDefault(pipeline.name(), Set.of());
    }

    /** The partition of the pipeline's heartbeat topic; null where there is none. */
    TopicPartition heartbeat(Pipeline pipeline) {
        String name = pipeline.topics().heartbeat();
        return name != null && heartbeats.contains(name) ? new TopicPartition(name, 0) : null;
    }

    Set<TopicPartition> all() {
        Set<TopicPartition> all = new HashSet<>();
        partitions.values().forEach(all::addAll);
        return all;
    }
}
