package io.cdcprogress.resolve.kafka;

import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Decodes JSON, and tells by the record itself whether its schema stands beside it. */
final class JsonChangeDecoder implements ChangeDecoder {
    private final String pipeline;

    JsonChangeDecoder(String pipeline) {
        this.pipeline = pipeline;
    }

    @Override
    public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return Decoded.none(PositionRules.TOMBSTONE);
        }
        try {
            EventFields fields = JsonEvents.read(record.value());
            return PositionRules.position(fields, record.headers(), "JSON, but not an object");
        } catch (IOException e) {
            return PositionRules.position(null, record.headers(), notJson(record.value()));
        }
    }

    /** The parser's own message shows what it stumbled over. */
    private String notJson(byte[] value) {
        // Registries' serializers begin with a zero and the schema's number.
        String found = value.length > 4 && value[0] == 0
                ? "not JSON, but as a schema registry's converter writes"
                : "not JSON";
        return found + ": name the converter of its topics in pipelines." + pipeline + ".value.converter";
    }

    @Override
    public Long emittedAt(ConsumerRecord<byte[], byte[]> record) {
        if (record.value() == null) {
            return null;
        }
        try {
            return PositionRules.emittedAt(JsonEvents.read(record.value()));
        } catch (IOException e) {
            return null;
        }
    }
}
