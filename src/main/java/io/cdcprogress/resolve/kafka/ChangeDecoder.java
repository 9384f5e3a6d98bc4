package io.cdcprogress.resolve.kafka;

import io.cdcprogress.config.ConverterSettings;
import io.cdcprogress.observe.Deadline;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Tells the position of a pipeline's change events. For one thread. */
public interface ChangeDecoder extends AutoCloseable {
    /**
     * The decoder for a pipeline's topics. One whose converter can't be used says why at every record.
     *
     * @param pipeline its name, for messages
     */
    static ChangeDecoder of(String pipeline, ConverterSettings converter) {
        return converter.className() == null
                ? new JsonChangeDecoder(pipeline)
                : new DecoderThread(
                        pipeline,
                        converter.className(),
                        () -> ConverterChangeDecoder.create(pipeline, converter),
                        System::nanoTime);
    }

    /**
     * To be called before each reading.
     *
     * @param deadline of the reading; decoding takes only a part of the time that is left
     */
    default void begin(Deadline deadline) {}

    /**
     * The position, or why the record tells none.
     *
     * @throws NotDecoded if it may tell one at another time
     */
    Decoded decode(ConsumerRecord<byte[], byte[]> record) throws NotDecoded;

    /**
     * When the connector made the event, by its worker's clock, in milliseconds since 1970: the {@code ts_ms} beside
     * the payload's other fields; null where there is none.
     *
     * @throws NotDecoded as {@link #decode}
     */
    Long emittedAt(ConsumerRecord<byte[], byte[]> record) throws NotDecoded;

    /** Frees what the converter holds. */
    @Override
    default void close() {}
}
