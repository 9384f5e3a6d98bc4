package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Decodes what is needed. Up to the end that the topic had at first that is the newest record of each key, and what a history
 * wants: a day of records costs its fetch and is not decoded. From then on every record is.
 */
final class Inbox implements TopicRecords {
    /** Who keeps the decoded records; keys are raw, for a record without its key's value has nothing else. */
    interface Table {
        /** Whether a record is wanted though a newer one of its key follows. */
        boolean wants(ByteBuffer key, long timestamp);

        void put(ByteBuffer key, Received record);

        void remove(ByteBuffer key);
    }

    private final RecordDecoder decoder;
    private final Table table;
    private final Supplier<Now> clock;
    private final Map<ByteBuffer, ConsumerRecord<byte[], byte[]>> newest = new HashMap<>();
    private final Set<ByteBuffer> ours = new HashSet<>();
    private boolean caughtUp;

    Inbox(RecordDecoder decoder, Table table, Supplier<Now> clock) {
        this.decoder = decoder;
        this.table = table;
        this.clock = clock;
    }

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record) {
        if (record.key() == null) {
            return;
        }
        ByteBuffer key = ByteBuffer.wrap(record.key());
        if (record.value() == null) {
            newest.remove(key);
            table.remove(key);
        } else if (!isOurs(key, record)) {
            return;
        } else if (caughtUp || table.wants(key, record.timestamp())) {
            newest.remove(key);
            put(key, record);
        } else {
            newest.put(key, record);
        }
    }

    /**
     * Of what lies there already nothing is kept of a key before one record of it could be decoded: the topic may be another
     * than ours, with more keys than a worker has room for.
     */
    private boolean isOurs(ByteBuffer key, ConsumerRecord<byte[], byte[]> record) {
        if (caughtUp || ours.contains(key)) {
            return true;
        }
        return decoder.decode(record) != null && ours.add(key);
    }

    @Override
    public void caughtUp() {
        caughtUp = true;
        newest.forEach(this::put);
        newest.clear();
        ours.clear();
    }

    private void put(ByteBuffer key, ConsumerRecord<byte[], byte[]> record) {
        ObjectNode value = decoder.decode(record);
        if (value != null) {
            table.put(key, new Received(value, record.timestamp(), clock.get().nanos()));
        }
    }
}
