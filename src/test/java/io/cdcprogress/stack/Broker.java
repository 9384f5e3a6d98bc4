package io.cdcprogress.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A Kafka cluster of one node. */
public interface Broker extends AutoCloseable {
    /** Where this JVM reaches it. */
    String bootstrapServers();

    /** Where the stack's workers reach it. */
    default String workerBootstrapServers() {
        return bootstrapServers();
    }

    /** A new client, which the caller closes. */
    default Admin admin() {
        return Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers()));
    }

    default void createTopic(String topic, int partitions) {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            throw new StackException("topic " + topic, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("topic " + topic, e);
        }
    }

    /** End offset less committed offset, of every partition in which the group has committed. */
    default Map<TopicPartition, Long> lag(String group) {
        try (Admin admin = admin()) {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            var ends = admin.listOffsets(
                            committed.keySet().stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest())))
                    .all()
                    .get();
            return committed.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey,
                            e -> ends.get(e.getKey()).offset() - e.getValue().offset()));
        } catch (ExecutionException e) {
            throw new StackException("offsets of group " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("offsets of group " + group, e);
        }
    }

    /** The sum over the group's partitions; 0 for a group that has not committed yet. */
    default long totalLag(String group) {
        return lag(group).values().stream().mapToLong(Long::longValue).sum();
    }

    @Override
    void close();
}
