package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Joins the brokers' answers into what a sink group consumes and how far it is. Pure.
 *
 * @param committed the group's answer; null where nothing was asked, as the pipeline has no topics
 * @param committedBefore the group's committed offsets at the observation before
 * @param configured what the group's sink connector is configured to consume; null where that is not known
 */
record SinkOffsets(
        Pipeline pipeline,
        String groupName,
        Reading reading,
        Answer<Map<TopicPartition, OffsetAndMetadata>> committed,
        Map<TopicPartition, Long> committedBefore,
        ConfiguredTopics configured) {
    private static final Comparator<TopicPartition> ORDER =
            Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition);

    SinkObservation join() {
        if (committed != null && committed.failed()) {
            return new SinkObservation.Unobserved(committed.failure());
        }
        Answer<GroupDescriptions.Group> group = reading.slow().groups().get(groupName);
        String state = group.failed() ? null : group.value().state();
        boolean missing = !group.failed() && group.value().missing();
        Failure incomplete = incomplete(group);
        if (incomplete != null) {
            // Without all topics, or all assignments, a sum would be too small.
            return new SinkObservation.Observed(state, missing, null, incomplete);
        }
        List<PartitionOffsets> partitions = partitions(group.value().assigned());
        return new SinkObservation.Observed(state, missing, partitions, unread(partitions));
    }

    /** For the next observation. */
    Map<TopicPartition, Long> committedNow() {
        Map<TopicPartition, Long> now = new HashMap<>();
        offsets().forEach((partition, offset) -> {
            if (offset != null) {
                now.put(partition, offset.offset());
            }
        });
        return now;
    }

    /** Why it can't be told which partitions the group consumes; null if it can. */
    private Failure incomplete(Answer<GroupDescriptions.Group> group) {
        if (reading.topics().failures().containsKey(pipeline.name())) {
            return reading.topics().failures().get(pipeline.name());
        }
        if (group.failed()) {
            return group.failure();
        }
        return group.value().assigned().stream()
                .filter(partition -> pipeline.topics().matches(partition.topic())
                        && !reading.topics().of(pipeline).contains(partition))
                .findFirst()
                .map(partition -> new Failure(
                        Finding.POSITION_UNKNOWN,
                        "group " + groupName + " is assigned to " + partition
                                + ", which was not listed with the topics: it is new, or an ACL with"
                                + " DESCRIBE on it is missing"))
                .orElse(null);
    }

    /**
     * Every partition of every topic in which the group has committed, that it is assigned, or that it is configured to
     * consume: one that it has not come to yet counts too, for its data waits; one that its connector is not configured for
     * any more does not. Where it is not known what the group is configured for, a table's topic that has just appeared may
     * be one of them, and counts until consumers must have found it.
     */
    private List<PartitionOffsets> partitions(Set<TopicPartition> assigned) {
        Set<String> topics = Stream.concat(committedNow().keySet().stream(), assigned.stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toSet());
        Set<TopicPartition> consumed = new TreeSet<>(ORDER);
        Set<String> held = assigned.stream().map(TopicPartition::topic).collect(Collectors.toSet());
        reading.topics().of(pipeline).stream()
                .filter(partition -> held.contains(partition.topic())
                        || mayConsume(partition.topic(), topics)
                        || (topics.contains(partition.topic()) && !noMore(partition.topic())))
                .forEach(consumed::add);
        List<PartitionOffsets> partitions = new ArrayList<>(consumed.size());
        consumed.forEach(partition -> partitions.add(offsets(partition, !topics.contains(partition.topic()))));
        return partitions;
    }

    /** Committed in once, and taken out of what its connector is configured for since. */
    private boolean noMore(String topic) {
        return configured != null && !configured.matches(topic);
    }

    private boolean mayConsume(String topic, Set<String> consumed) {
        return configured != null
                ? configured.matches(topic)
                : !consumed.isEmpty()
                        && reading.justFound().contains(topic)
                        && !pipeline.topics().messages(topic);
    }

    private PartitionOffsets offsets(TopicPartition partition, boolean notYetConsumed) {
        OffsetAndMetadata offset = offsets().get(partition);
        Answer<Long> answer = reading.end(pipeline, partition);
        Long end = answer == null ? null : answer.value();
        Long beginning = reading.slow().beginning(partition);
        Long written = reading.highWatermark(partition);
        Long before = committedBefore.get(partition);
        return new PartitionOffsets(
                partition.topic(),
                partition.partition(),
                // A log start beyond the end is one of a topic that has been recreated since.
                beginning != null && end != null && beginning > end ? null : beginning,
                offset == null ? null : offset.offset(),
                offsets().containsKey(partition),
                end,
                written,
                before != null && written != null && before > written,
                notYetConsumed && configured == null);
    }

    private Map<TopicPartition, OffsetAndMetadata> offsets() {
        return committed == null || committed.failed() ? Map.of() : committed.value();
    }

    /** Why an offset of a partition is missing; null if none is. */
    private Failure unread(List<PartitionOffsets> partitions) {
        for (PartitionOffsets offsets : partitions) {
            Answer<Long> end = reading.end(pipeline, new TopicPartition(offsets.topic(), offsets.partition()));
            if (end != null && end.failed()) {
                return end.failure();
            }
            if (!offsets.committedRead()) {
                return new Failure(
                        Finding.POSITION_UNKNOWN,
                        "the broker gave no committed offset of group " + groupName + " for " + offsets.topic() + "-"
                                + offsets.partition() + ": its commit may be part of a transaction that is still open");
            }
        }
        return null;
    }
}
