package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.convert.WorkerConverter;
import java.util.Date;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Struct;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a record's value the JSON of its schema's fields, whether it comes with a schema or without. What can't be decoded
 * is counted, logged once for each cause, and stops nothing. For one thread.
 */
final class RecordDecoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordDecoder.class);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int MOST_CAUSES = 20;

    private final Schema schema;
    private final WorkerConverter converter;
    private final Set<String> logged = new HashSet<>();
    private volatile String problem;
    private volatile long skipped;

    RecordDecoder(Schema schema, WorkerConverter converter) {
        this.schema = schema;
        this.converter = converter;
    }

    /** Null if that can't be done. */
    ObjectNode decode(ConsumerRecord<byte[], byte[]> record) {
        try {
            return json(converter.value(record.topic(), record.headers(), record.value()));
        } catch (RuntimeException | LinkageError e) {
            skip(record, e);
            return null;
        }
    }

    @Override
    public void close() {
        converter.close();
    }

    /** Why the last record that was skipped was; null if none was. */
    String problem() {
        return problem;
    }

    long skipped() {
        return skipped;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // One thread writes, others look.
    private void skip(ConsumerRecord<byte[], byte[]> record, Throwable error) {
        skipped++;
        // The kind alone where it is the converter's: its message may show what it stumbled over.
        String cause = error instanceof NotProgress
                ? error.getMessage()
                : "it is not of the form that " + converter.name() + " reads ("
                        + error.getClass().getSimpleName() + ")";
        problem = cause;
        if (logged.size() < MOST_CAUSES && logged.add(cause)) {
            LOG.warn(
                    "skipped the record at {}-{}@{}, and will skip others like it: {}; check {}",
                    record.topic(),
                    record.partition(),
                    record.offset(),
                    cause,
                    ReaderSettings.VALUE_CONVERTER);
        }
    }

    /** A record that a converter could read, of something else. */
    private static final class NotProgress extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotProgress(String message) {
            super(message);
        }
    }

    private ObjectNode json(Object value) {
        if (value instanceof Struct struct) {
            return json(field -> struct.schema().field(field) == null ? null : struct.get(field));
        }
        if (value instanceof Map<?, ?> map) {
            boolean enveloped = map.size() == 2 && map.get("schema") != null && map.get("payload") instanceof Map;
            Map<?, ?> fields = enveloped ? (Map<?, ?>) map.get("payload") : map;
            return json(fields::get);
        }
        throw new NotProgress("it is no structure, so no progress record");
    }

    private ObjectNode json(Function<String, Object> fields) {
        ObjectNode json = JSON.objectNode();
        for (Field field : schema.fields()) {
            Object value = fields.apply(field.name());
            if (value == null && !field.schema().isOptional()) {
                throw new NotProgress("it has no field " + field.name() + ", so it is no progress record");
            }
            json.set(field.name(), value == null ? JSON.nullNode() : json(field, value));
        }
        return json;
    }

    private static JsonNode json(Field field, Object value) {
        return switch (field.schema().type()) {
            case INT32 -> JSON.numberNode(((Number) value).intValue());
            case INT64 -> JSON.numberNode(value instanceof Date date ? date.getTime() : ((Number) value).longValue());
            case FLOAT64 -> JSON.numberNode(((Number) value).doubleValue());
            case BOOLEAN -> JSON.booleanNode((Boolean) value);
            case STRING -> JSON.textNode(value.toString());
            case INT8, INT16, FLOAT32, BYTES, ARRAY, MAP, STRUCT ->
                throw new IllegalStateException("no progress record has a field of type "
                        + field.schema().type());
        };
    }
}
