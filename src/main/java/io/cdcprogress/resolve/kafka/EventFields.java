package io.cdcprogress.resolve.kafka;

import io.debezium.connector.AbstractSourceInfo;
import io.debezium.data.Envelope;
import java.util.HashMap;
import java.util.Map;

/**
 * The fields of a change event that tell its position, and none of its row. Of an envelope these are the operation, the
 * time and the fields of {@code source}; of a flattened event (ExtractNewRecordState) those that {@code add.fields} and
 * {@code add.headers} gave a name with two underscores.
 */
final class EventFields {
    /** Not among debezium-core's names: only the PostgreSQL connector has them. */
    private static final String LSN = "lsn";

    private static final String TRANSACTION = "txId";
    static final String ADDED = "__";
    private static final String ADDED_SOURCE = ADDED + Envelope.FieldName.SOURCE + "_";

    private final Map<String, String> top = new HashMap<>();
    private final Map<String, String> source = new HashMap<>();
    private boolean envelope;

    /** Whether a field beside the source block is one to keep. */
    static boolean wanted(String field) {
        return field.equals(Envelope.FieldName.OPERATION)
                || field.equals(Envelope.FieldName.TIMESTAMP)
                || field.startsWith(ADDED);
    }

    void put(String field, String value) {
        if (value != null) {
            top.put(field, value);
        }
    }

    /** As {@link #put}, and what the value itself says goes first. */
    void putIfAbsent(String field, String value) {
        top.putIfAbsent(field, value);
    }

    void putSource(String field, String value) {
        envelope = true;
        if (value != null) {
            source.put(field, value);
        }
    }

    /** Whether it has a source block, as Debezium writes it. */
    boolean envelope() {
        return envelope;
    }

    /** The operation's letter, also of a flattened event; null where it is not told. */
    String operation() {
        return top.get(envelope ? Envelope.FieldName.OPERATION : ADDED + Envelope.FieldName.OPERATION);
    }

    /** The time at which the connector made the event. */
    String emittedAt() {
        return top.get(Envelope.FieldName.TIMESTAMP);
    }

    /** Which snapshot it is of; null or "false" where it is of none, null also where it is not told. */
    String snapshot() {
        return ofSource(AbstractSourceInfo.SNAPSHOT_KEY, true);
    }

    /** The end of the commit before and the event's own LSN, as text. */
    String sequence() {
        return ofSource(AbstractSourceInfo.SEQUENCE_KEY, true);
    }

    /** Decimal. */
    String lsn() {
        return ofSource(LSN, true);
    }

    /** The transaction's number; null outside of any. */
    String transaction() {
        return ofSource(TRANSACTION, true);
    }

    /** Microseconds. Added without "source." it would be the connector's own time, as the milliseconds. */
    String sourceMicros() {
        return ofSource(AbstractSourceInfo.TIMESTAMP_US_KEY, false);
    }

    String sourceMillis() {
        return ofSource(AbstractSourceInfo.TIMESTAMP_KEY, false);
    }

    /** @param alsoBare whether ExtractNewRecordState takes a name without "source." from the source block too */
    private String ofSource(String field, boolean alsoBare) {
        if (envelope) {
            return source.get(field);
        }
        String added = top.get(ADDED_SOURCE + field);
        return added == null && alsoBare ? top.get(ADDED + field) : added;
    }
}
