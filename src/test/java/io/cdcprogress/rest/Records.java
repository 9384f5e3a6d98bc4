package io.cdcprogress.rest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.record.ProgressSchemas;
import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;

/** Records of both topics, made by hand. */
final class Records {
    static final long INTERVAL_MS = 10_000;

    private Records() {}

    /** What every field has that is never null, and what is given besides. */
    private static ObjectNode fields(Schema schema, Map<String, Object> given) {
        ObjectNode json = RestClient.JSON.createObjectNode();
        for (Field field : schema.fields()) {
            Object value = given.get(field.name());
            if (value == null && !field.schema().isOptional()) {
                value = field.schema().type() == Schema.Type.STRING ? field.name() : 0;
            }
            json.set(field.name(), RestClient.JSON.valueToTree(value));
        }
        return json;
    }

    static ObjectNode progress(String pipeline, String sinkGroup, Map<String, Object> given) {
        return fields(
                ProgressSchemas.PROGRESS,
                with(
                        given,
                        Map.of(
                                "pipeline", pipeline,
                                "sink_group", sinkGroup,
                                "poll_interval_ms", INTERVAL_MS,
                                "health", "OK")));
    }

    static ObjectNode partition(String sinkGroup, String topic, int partition, Map<String, Object> given) {
        return fields(
                ProgressSchemas.PARTITION,
                with(
                        given,
                        Map.of("pipeline", "shop", "sink_group", sinkGroup, "topic", topic, "partition", partition)));
    }

    private static Map<String, Object> with(Map<String, Object> given, Map<String, Object> usual) {
        Map<String, Object> all = new java.util.HashMap<>(usual);
        all.putAll(given);
        return all;
    }

    /** Observed, written and read at the same moment. */
    static Received received(ObjectNode value, long millis) {
        value.put("observed_at", millis);
        return new Received(value, millis, millis * 1_000_000);
    }

    static Received progress(long millis, Map<String, Object> given) {
        return received(progress("shop", "sink", given), millis);
    }

    static Now now(long millis) {
        return new Now(millis, millis * 1_000_000);
    }

    static ByteBuffer key(String text) {
        return ByteBuffer.wrap(text.getBytes(UTF_8));
    }

    /** As Kafka gives it; null as value is a tombstone. */
    static ConsumerRecord<byte[], byte[]> consumed(String key, String value, long timestamp) {
        return new ConsumerRecord<>(
                "cdc.progress",
                0,
                0,
                timestamp,
                TimestampType.CREATE_TIME,
                key.length(),
                value == null ? 0 : value.length(),
                key.getBytes(UTF_8),
                value == null ? null : value.getBytes(UTF_8),
                new RecordHeaders(),
                java.util.Optional.empty());
    }
}
