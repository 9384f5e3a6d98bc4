package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.ListedGroups;
import io.cdcprogress.observe.Deadline;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConsumerGroupListing;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListConsumerGroupsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupsResult;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The batched calls of the admin client, one method each. Each sends, and leaves it to the caller to wait. */
final class AdminCalls {
    private final Admin admin;
    private final String address;

    AdminCalls(Admin admin, String address) {
        this.admin = admin;
        this.address = address;
    }

    Answer<String> clusterId(Deadline deadline) throws InterruptedException {
        return one(
                admin.describeCluster(new DescribeClusterOptions().timeoutMs(deadline.remainingMillis()))
                        .clusterId(),
                "the cluster id",
                deadline);
    }

    /** Names of all topics that the principal may see. */
    Answer<Set<String>> topicNames(Deadline deadline) throws InterruptedException {
        return one(
                admin.listTopics(new ListTopicsOptions().timeoutMs(deadline.remainingMillis()))
                        .names(),
                "the topics",
                deadline);
    }

    /** Consumer groups that the principal may see, of the brokers that answered. A request per broker. */
    @SuppressWarnings({"removal", "deprecation"}) // clients before 4.1 have no other
    ListedGroups groupNames(Deadline deadline) throws InterruptedException {
        ListConsumerGroupsResult result =
                admin.listConsumerGroups(new ListConsumerGroupsOptions().timeoutMs(deadline.remainingMillis()));
        Answer<Collection<ConsumerGroupListing>> groups = one(result.valid(), "the groups", deadline);
        Answer<Collection<Throwable>> errors = one(result.errors(), "the groups", deadline);
        Failure failure = Stream.of(groups, errors)
                .map(Answer::failure)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> errors.value().stream()
                        .map(error -> KafkaErrors.failure(error, "the groups", address))
                        .findFirst()
                        .orElse(null));
        return new ListedGroups(
                groups.failed()
                        ? Set.of()
                        : groups.value().stream()
                                .map(ConsumerGroupListing::groupId)
                                .collect(Collectors.toSet()),
                failure);
    }

    private <V> Answer<V> one(Future<V> future, String asked, Deadline deadline) throws InterruptedException {
        return new Pending<>(Map.of(asked, future), asked, address)
                .take(deadline)
                .get(asked);
    }

    /** A topic that has gone since it was listed answers with nothing. */
    Pending<String, TopicDescription> topics(Collection<String> names, Deadline deadline) {
        Map<String, Future<TopicDescription>> futures = new HashMap<>();
        admin.describeTopics(names, new DescribeTopicsOptions().timeoutMs(deadline.remainingMillis()))
                .topicNameValues()
                .forEach((name, future) -> futures.put(
                        name,
                        future.toCompletionStage()
                                .exceptionally(AdminCalls::nothingIfGone)
                                .toCompletableFuture()));
        return new Pending<>(futures, "the partitions of its topics", address);
    }

    private static TopicDescription nothingIfGone(Throwable error) {
        Throwable cause = error instanceof CompletionException ? error.getCause() : error;
        if (cause instanceof UnknownTopicOrPartitionException) {
            return null;
        }
        throw new CompletionException(cause);
    }

    /** One request for all. A principal without DESCRIBE_CONFIGS on a topic is refused that topic's alone. */
    Pending<String, Config> topicConfigs(Collection<String> names, Deadline deadline) {
        Map<String, Future<Config>> futures = new HashMap<>();
        if (!names.isEmpty()) {
            List<ConfigResource> resources = names.stream()
                    .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                    .toList();
            admin.describeConfigs(resources, new DescribeConfigsOptions().timeoutMs(deadline.remainingMillis()))
                    .values()
                    .forEach((resource, future) -> futures.put(resource.name(), future));
        }
        return new Pending<>(futures, "the settings of its topics", address);
    }

    /** One ListOffsets request per partition leader. */
    Pending<TopicPartition, Long> offsets(
            Collection<TopicPartition> partitions, OffsetSpec which, IsolationLevel isolation, Deadline deadline) {
        Map<TopicPartition, Future<Long>> futures = new HashMap<>();
        if (!partitions.isEmpty()) {
            ListOffsetsResult result = admin.listOffsets(
                    partitions.stream().collect(Collectors.toMap(Function.identity(), partition -> which)),
                    new ListOffsetsOptions(isolation).timeoutMs(deadline.remainingMillis()));
            partitions.forEach(partition -> futures.put(
                    partition,
                    result.partitionResult(partition).thenApply(ListOffsetsResult.ListOffsetsResultInfo::offset)));
        }
        return new Pending<>(
                futures, which instanceof OffsetSpec.LatestSpec ? "the end offsets" : "the log starts", address);
    }

    /**
     * One OffsetFetch request per group coordinator. Asks for partitions by name: only so does a partition without a
     * commit (null) differ from one that could not be read (not there).
     *
     * @param partitionsByGroup none of them empty: that would mean all
     */
    Pending<String, Map<TopicPartition, OffsetAndMetadata>> committed(
            Map<String, ? extends Collection<TopicPartition>> partitionsByGroup, Deadline deadline) {
        Map<String, Future<Map<TopicPartition, OffsetAndMetadata>>> futures = new HashMap<>();
        if (!partitionsByGroup.isEmpty()) {
            Map<String, ListConsumerGroupOffsetsSpec> specs = new HashMap<>();
            partitionsByGroup.forEach((group, partitions) ->
                    specs.put(group, new ListConsumerGroupOffsetsSpec().topicPartitions(partitions)));
            ListConsumerGroupOffsetsResult result = admin.listConsumerGroupOffsets(
                    specs,
                    new ListConsumerGroupOffsetsOptions().requireStable(true).timeoutMs(deadline.remainingMillis()));
            specs.keySet().forEach(group -> futures.put(group, result.partitionsToOffsetAndMetadata(group)));
        }
        return new Pending<>(futures, "the committed offsets", address);
    }

    /** A request per group coordinator. */
    Pending<String, GroupDescriptions.Group> groups(Collection<String> groups, Deadline deadline) {
        return new Pending<>(
                GroupDescriptions.describe(admin, groups, deadline.remainingMillis()), "the sink group", address);
    }
}
