package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.record.ProgressSchemas;
import java.nio.charset.StandardCharsets;
import java.util.Date;
import java.util.Map;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

/** Records with a schema and without are the same JSON. */
class RecordDecoderTest {
    private static ObjectNode decoded(Map<String, ?> worker, String value) {
        return new RecordDecoder(ProgressSchemas.PROGRESS, ValueConverter.create(ReaderSettings.of(worker)))
                .decode(Records.consumed("key", value, 0));
    }

    private static Struct record() {
        Struct struct = new Struct(ProgressSchemas.PROGRESS);
        for (Field field : ProgressSchemas.PROGRESS.fields()) {
            if (!field.schema().isOptional()) {
                Object value = switch (field.schema().type()) {
                    case STRING -> field.name();
                    case INT64 -> field.name().equals("observed_at") ? new Date(42) : 7L;
                    default -> throw new AssertionError(field);
                };
                struct.put(field, value);
            }
        }
        return struct.put("oldest_unconsumed_at", new Date(41))
                .put("slot_active", true)
                .put("wal_bytes_per_second", 1.5)
                .put("sink_partitions", 3);
    }

    private static String json(boolean schema) {
        try (JsonConverter converter = new JsonConverter()) {
            converter.configure(Map.of("schemas.enable", String.valueOf(schema)), false);
            return new String(
                    converter.fromConnectData("topic", ProgressSchemas.PROGRESS, record()), StandardCharsets.UTF_8);
        }
    }

    @Test
    void everyFieldOfTheSchemaIsThereAndTimesAreMilliseconds() {
        ObjectNode value = decoded(Map.of(), json(false));
        assertThat(value.fieldNames())
                .toIterable()
                .containsExactlyElementsOf(ProgressSchemas.PROGRESS.fields().stream()
                        .map(Field::name)
                        .toList());
        assertThat(value.path("observed_at").longValue()).isEqualTo(42);
        assertThat(value.path("oldest_unconsumed_at").longValue()).isEqualTo(41);
        assertThat(value.path("slot_active").booleanValue()).isTrue();
        assertThat(value.path("wal_bytes_per_second").doubleValue()).isEqualTo(1.5);
        assertThat(value.path("sink_partitions").intValue()).isEqualTo(3);
        assertThat(value.path("source_lsn").isNull()).isTrue();
    }

    @Test
    void theJsonConverterReadsBothFormsWhateverTheWorkersSetting() {
        ObjectNode plain = decoded(Map.of(), json(false));
        for (String enabled : new String[] {"true", "false"}) {
            Map<String, String> worker = Map.of(
                    "value.converter",
                    "org.apache.kafka.connect.json.JsonConverter",
                    "value.converter.schemas.enable",
                    enabled);
            assertThat(decoded(worker, json(true))).isEqualTo(plain);
            assertThat(decoded(worker, json(false))).isEqualTo(plain);
        }
    }

    @Test
    void aStructIsTheSame() {
        Map<String, String> worker = Map.of("cdc.progress.value.converter", StructConverter.class.getName());
        assertThat(decoded(worker, "any")).isEqualTo(decoded(Map.of(), json(false)));
    }

    /** As a schema registry's converters, it gives a Struct. */
    public static final class StructConverter extends JsonConverter {
        @Override
        public org.apache.kafka.connect.data.SchemaAndValue toConnectData(
                String topic, org.apache.kafka.common.header.Headers headers, byte[] value) {
            return new org.apache.kafka.connect.data.SchemaAndValue(ProgressSchemas.PROGRESS, record());
        }
    }
}
