package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.stack.Broker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads a pipeline's topics from end to end. Knows change events in full, flattened, and with positions in headers. */
final class DataTopics {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration BEAT = Duration.ofMillis(200);

    private final Map<TopicPartition, PublishedChange> last = new HashMap<>();
    private final List<PublishedChange> changes = new ArrayList<>();

    private DataTopics() {}

    static List<PublishedChange> read(Broker broker, List<String> topics) {
        DataTopics read = new DataTopics();
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                broker.bootstrapServers(),
                "allow.auto.create.topics",
                false,
                "isolation.level",
                "read_committed");
        try (var consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = topics.stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(BEAT).forEach(read::add);
            }
        }
        return List.copyOf(read.changes);
    }

    private void add(ConsumerRecord<byte[], byte[]> found) {
        TopicPartition partition = new TopicPartition(found.topic(), found.partition());
        PublishedChange change;
        if (incremental(found)) {
            return; // read again what streamed records tell of anyway: no transaction of its own
        }
        if (found.value() == null) {
            PublishedChange deletion = last.get(partition);
            change = new PublishedChange(
                    partition,
                    found.offset(),
                    deletion.xid(),
                    "after " + deletion.identity(),
                    deletion.snapshot(),
                    true);
        } else {
            JsonNode event = event(found);
            String xid = field(found, event, "txId");
            String snapshot = field(found, event, "snapshot");
            change = new PublishedChange(
                    partition,
                    found.offset(),
                    xid.isEmpty() ? -1 : Long.parseLong(xid),
                    xid + " " + field(found, event, "lsn") + " "
                            + event.path("op").asText() + " " + Arrays.hashCode(found.key()),
                    !snapshot.isEmpty() && !snapshot.equals("false"),
                    false);
        }
        last.put(partition, change);
        changes.add(change);
    }

    private static boolean incremental(ConsumerRecord<byte[], byte[]> found) {
        return found.value() != null && field(found, event(found), "snapshot").equals("incremental");
    }

    private static JsonNode event(ConsumerRecord<byte[], byte[]> found) {
        JsonNode value = json(found.value());
        return value.has("payload") ? value.get("payload") : value;
    }

    /** Of the source's description, wherever it stands; empty where it is nowhere. */
    private static String field(ConsumerRecord<byte[], byte[]> found, JsonNode event, String name) {
        if (event.has("source")) {
            return event.get("source").path(name).asText("");
        }
        if (event.has("__source_" + name)) {
            return event.get("__source_" + name).asText("");
        }
        Header header = found.headers().lastHeader("__source_" + name);
        if (header == null || header.value() == null) {
            return "";
        }
        JsonNode value = json(header.value());
        return (value.has("payload") ? value.get("payload") : value).asText("");
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
