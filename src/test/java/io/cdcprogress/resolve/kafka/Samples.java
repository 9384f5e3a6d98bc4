package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Events as a real Debezium wrote them, from one run with interleaved transactions. */
final class Samples {
    static final ObjectMapper JSON = new ObjectMapper();

    private Samples() {}

    static List<ConsumerRecord<byte[], byte[]>> of(String file) {
        return text(file).lines().map(line -> record(tree(line))).toList();
    }

    static ConsumerRecord<byte[], byte[]> withSchema() {
        return record(tree(text("with-schema.json")));
    }

    static String text(String file) {
        try (InputStream in = Samples.class.getResourceAsStream("/events/" + file)) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConsumerRecord<byte[], byte[]> record(JsonNode sample) {
        RecordHeaders headers = new RecordHeaders();
        sample.path("headers")
                .properties()
                .forEach(header ->
                        headers.add(header.getKey(), header.getValue().asText().getBytes(UTF_8)));
        JsonNode value = sample.path("value");
        return record(
                sample.path("topic").asText(),
                sample.path("offset").asLong(),
                headers,
                value.isNull() ? null : value.toString().getBytes(UTF_8));
    }

    static ConsumerRecord<byte[], byte[]> record(String value) {
        return record("t", 0, new RecordHeaders(), value.getBytes(UTF_8));
    }

    static ConsumerRecord<byte[], byte[]> record(String topic, long offset, RecordHeaders headers, byte[] value) {
        return new ConsumerRecord<>(
                topic, 0, offset, 1_000, TimestampType.CREATE_TIME, 0, 0, null, value, headers, Optional.empty());
    }
}
