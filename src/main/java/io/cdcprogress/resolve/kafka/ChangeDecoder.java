package io.cdcprogress.resolve.kafka;

import io.cdcprogress.config.ConverterSettings;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells the position of a pipeline's change events. For one thread. */
public interface ChangeDecoder extends AutoCloseable {
    /**
     * The decoder for a pipeline's topics. One whose converter can't be used answers every record with the reason.
     *
     * @param pipeline its name, for messages
     */
    static ChangeDecoder of(String pipeline, ConverterSettings converter) {
        return converter.className() == null
                ? new JsonChangeDecoder(pipeline)
                : ConverterChangeDecoder.create(pipeline, converter);
    }

    /** The position, or why there is none. Throws nothing, whatever the record holds. */
    Decoded decode(ConsumerRecord<byte[], byte[]> record);

    /**
     * When the connector made the event, by its worker's clock, in milliseconds since 1970: the {@code ts_ms} beside
     * the payload's other fields; null where there is none.
     */
    Long emittedAt(ConsumerRecord<byte[], byte[]> record);

    /** Frees what the converter holds. */
    @Override
    default void close() {}
}
