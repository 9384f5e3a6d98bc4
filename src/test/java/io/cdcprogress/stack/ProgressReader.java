package io.cdcprogress.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;

/** Reads a topic of JSON records as any consumer would, without a group, and keeps all that it has read. */
public final class ProgressReader implements AutoCloseable {
    /** One record of the topic; the value of a tombstone is null. */
    public record Entry(TopicPartition partition, long offset, JsonNode key, JsonNode value) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEAT = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final String topic;
    private final List<Entry> entries = new ArrayList<>();
    private int skipped;

    /** The topic need not exist yet. */
    public ProgressReader(Broker broker, String topic) {
        this(broker, topic, Map.of());
    }

    public ProgressReader(Broker broker, String topic, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("bootstrap.servers", broker.bootstrapServers());
        settings.put("allow.auto.create.topics", false);
        settings.put("metadata.max.age.ms", 1000);
        settings.put("isolation.level", "read_committed");
        settings.putAll(more);
        this.consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.topic = topic;
    }

    /** All that has been read so far, in the order of reading. */
    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** The first record that matches, of all since the beginning or the last {@link #skipToEnd()}; waits for it. */
    public Entry awaitRecord(Predicate<Entry> predicate) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int next = skipped;
        while (true) {
            for (; next < entries.size(); next++) {
                if (predicate.test(entries.get(next))) {
                    return entries.get(next);
                }
            }
            if (System.nanoTime() > deadline) {
                Object last = entries.isEmpty() ? "none" : entries.get(entries.size() - 1);
                throw new AssertionError("no such record on " + topic + " in " + PATIENCE.toSeconds() + " s; read "
                        + entries.size() + ", the last: " + last);
            }
            poll(BEAT);
        }
    }

    /** Reads up to the present end, so that only records that come later are waited for. */
    public void skipToEnd() {
        if (assigned()) {
            consumer.endOffsets(consumer.assignment()).forEach((partition, end) -> {
                while (consumer.position(partition) < end) {
                    poll(BEAT);
                }
            });
        }
        skipped = entries.size();
    }

    /** Reads what has arrived within a moment; may be nothing. */
    public List<Entry> poll(Duration timeout) {
        if (!assigned()) {
            Awaitility.await().pollDelay(BEAT).until(() -> true);
            return List.of();
        }
        List<Entry> read = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> found : consumer.poll(timeout)) {
            TopicPartition partition = new TopicPartition(found.topic(), found.partition());
            read.add(new Entry(partition, found.offset(), json(found.key()), json(found.value())));
        }
        entries.addAll(read);
        return read;
    }

    private boolean assigned() {
        if (consumer.assignment().isEmpty()) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic, BEAT.multipliedBy(25)).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        return !consumer.assignment().isEmpty();
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return bytes == null ? null : JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            return TextNode.valueOf(new String(bytes, UTF_8)); // Connect's own topics have keys that are plain text
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
