package io.cdcprogress.observe.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * The batched calls of the admin client, one method each. Answers are taken one by one until the deadline, so that a
 * part that fails does not take the others along.
 */
final class AdminCalls {
    private final Admin admin;
    private final String address;

    AdminCalls(Admin admin, String address) {
        this.admin = admin;
        this.address = address;
    }

    Answer<String> clusterId(Deadline deadline) throws InterruptedException {
        return take(
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(deadline.remainingMillis()))
                        .clusterId(),
                deadline,
                "the cluster id");
    }

    /** Names of all topics that the principal may see. */
    Answer<Collection<String>> topicNames(Deadline deadline) throws InterruptedException {
        Answer<Set<String>> names = take(
                admin.listTopics(new ListTopicsOptions().timeoutMs(deadline.remainingMillis()))
                        .names(),
                deadline,
                "the topics");
        return new Answer<>(names.value(), names.failure());
    }

    Map<String, Answer<TopicDescription>> topics(Collection<String> names, Deadline deadline)
            throws InterruptedException {
        return takeAll(
                admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs(deadline.remainingMillis()))
                        .topicNameValues(),
                deadline,
                "the partitions of its topics");
    }

    /** One ListOffsets request per partition leader. */
    Map<TopicPartition, Answer<Long>> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation, Deadline deadline)
            throws InterruptedException {
        if (partitions.isEmpty()) {
            return Map.of();
        }
        ListOffsetsResult result = admin.listOffsets(
                partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                new ListOffsetsOptions(isolation).timeoutMs(deadline.remainingMillis()));
        Map<TopicPartition, KafkaFuture<Long>> futures = new HashMap<>();
        partitions.forEach(partition -> futures.put(
                partition,
                result.partitionResult(partition).thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)));
        return takeAll(
                futures, deadline, which instanceof OffsetSpec.LatestSpec ? "the end offsets" : "the log starts");
    }

    /**
     * One OffsetFetch request per group coordinator. Asks for partitions by name: only so does a partition without a
     * commit (null) differ from one that could not be read (not there).
     */
    Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committed(
            Map<String, ? extends Collection<TopicPartition>> partitionsByGroup, Deadline deadline)
            throws InterruptedException {
        if (partitionsByGroup.isEmpty()) {
            return Map.of();
        }
        Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
        partitionsByGroup.forEach((group, partitions) ->
                specs.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
        ListConsumerGroupOffsetsResult result = admin.listConsumerGroupOffsets(
                specs, new ListConsumerGroupOffsetsOptions().requireStable(true).timeoutMs(deadline.remainingMillis()));
        Map<String, KafkaFuture<Map<TopicPartition, OffsetAndMetadata>>> futures = new HashMap<>();
        specs.keySet().forEach(group -> futures.put(group, result.partitionsToOffsetAndMetadata(group)));
        return takeAll(futures, deadline, "the committed offsets");
    }

    /** A request per group coordinator. */
    Map<String, Answer<GroupDescriptions.Group>> groups(Collection<String> groups, Deadline deadline)
            throws InterruptedException {
        return takeAll(GroupDescriptions.describe(admin, groups, deadline.remainingMillis()), deadline, "the group");
    }

    private <K, V> Map<K, Answer<V>> takeAll(Map<K, ? extends Future<V>> futures, Deadline deadline, String asked)
            throws InterruptedException {
        Map<K, Answer<V>> answers = new HashMap<>();
        for (Map.Entry<K, ? extends Future<V>> future : futures.entrySet()) {
            answers.put(future.getKey(), take(future.getValue(), deadline, asked));
        }
        return answers;
    }

    private <V> Answer<V> take(Future<V> future, Deadline deadline, String asked) throws InterruptedException {
        try {
            return new Answer<>(future.get(deadline.remainingNanos(), TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            return new Answer<>(null, KafkaErrors.failure(e.getCause(), asked, address));
        } catch (TimeoutException e) {
            return new Answer<>(null, KafkaErrors.failure(e, asked, address));
        }
    }
}
