package io.cdcprogress.resolve.kafka;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Stands where a converter can't be used.
 *
 * @param problem why, and what to write
 */
record NoDecoder(String problem) implements ChangeDecoder {
    @Override
    public Decoded decode(ConsumerRecord<byte[], byte[]> record) {
        return Decoded.none(record.value() == null ? PositionRules.TOMBSTONE : problem);
    }

    @Override
    public Long emittedAt(ConsumerRecord<byte[], byte[]> record) {
        return null;
    }
}
