package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Joins the answers of the brokers into what each sink group consumes and how far it is. Pure. */
record SinkObservations(
        SlowFacts slow,
        Map<TopicPartition, Answer<Long>> ends,
        Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committedByGroup) {

    SinkObservation of(Pipeline pipeline, String groupName) {
        Answer<GroupDescriptions.Group> group = slow.groups().get(groupName);
        if (slow.topicsFailure() != null && slow.partitions(pipeline).isEmpty()) {
            return new SinkObservation.Unobserved(slow.topicsFailure());
        }
        Answer<Map<TopicPartition, OffsetAndMetadata>> committed = committedByGroup.get(groupName);
        if (committed != null && committed.failed()) {
            return new SinkObservation.Unobserved(committed.failure());
        }
        Map<TopicPartition, OffsetAndMetadata> offsets = committed == null ? Map.of() : committed.value();
        Set<TopicPartition> assigned = group.failed() ? Set.of() : group.value().assigned();
        List<PartitionOffsets> partitions = partitions(consumed(pipeline, offsets, assigned), offsets);
        return new SinkObservation.Observed(
                group.failed() ? null : group.value().state(),
                !group.failed() && group.value().missing(),
                partitions,
                firstFailure(group, partitions));
    }

    /**
     * Every partition of every topic in which the group has committed or is assigned: one that it has not come to yet
     * counts too, for its data waits.
     */
    private List<TopicPartition> consumed(
            Pipeline pipeline, Map<TopicPartition, OffsetAndMetadata> offsets, Set<TopicPartition> assigned) {
        Set<String> topics = Stream.concat(
                        offsets.entrySet().stream()
                                .filter(offset -> offset.getValue() != null)
                                .map(Map.Entry::getKey),
                        assigned.stream())
                .map(TopicPartition::topic)
                .collect(Collectors.toSet());
        return slow.partitions(pipeline).stream()
                .filter(partition -> topics.contains(partition.topic()))
                .sorted(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition))
                .toList();
    }

    private List<PartitionOffsets> partitions(
            List<TopicPartition> consumed, Map<TopicPartition, OffsetAndMetadata> offsets) {
        List<PartitionOffsets> partitions = new ArrayList<>(consumed.size());
        for (TopicPartition partition : consumed) {
            OffsetAndMetadata committed = offsets.get(partition);
            Answer<Long> end = ends.get(partition);
            partitions.add(new PartitionOffsets(
                    partition.topic(),
                    partition.partition(),
                    slow.beginning(partition),
                    committed == null ? null : committed.offset(),
                    offsets.containsKey(partition),
                    end == null ? null : end.value()));
        }
        return partitions;
    }

    /** Null if everything that this group's part is made of was answered. */
    private Failure firstFailure(Answer<GroupDescriptions.Group> group, List<PartitionOffsets> partitions) {
        if (group.failed()) {
            return group.failure();
        }
        if (slow.topicsFailure() != null) {
            return slow.topicsFailure();
        }
        return partitions.stream()
                .map(partition -> ends.get(new TopicPartition(partition.topic(), partition.partition())))
                .filter(Objects::nonNull)
                .map(Answer::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
