package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.ChangePosition.Kind;
import io.cdcprogress.model.Lsn;
import io.debezium.connector.SnapshotRecord;
import io.debezium.data.Envelope.Operation;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.kafka.common.header.Headers;

/** From the fields of a change event to its position. */
final class PositionRules {
    static final String TOMBSTONE = "a tombstone";
    private static final String ADD =
            "add source.sequence,source.lsn,source.ts_us,op to add.fields or add.headers of ExtractNewRecordState";

    private PositionRules() {}

    /**
     * @param value null where the value could not be read, or is no structure; the headers may tell even so
     * @param unread why, in that case
     */
    static Decoded position(EventFields value, Headers headers, String unread) {
        EventFields fields = value == null ? new EventFields() : value;
        if (!fields.envelope()) {
            EventHeaders.addTo(fields, headers);
        }
        if (fields.sequence() == null) {
            return Decoded.none(value == null ? unread : withoutSequence(fields));
        }
        try {
            return position(fields, Sequence.parse(fields.sequence()));
        } catch (IllegalArgumentException e) {
            return Decoded.none(
                    "source.sequence, source.lsn or source.ts_us is not as the PostgreSQL connector writes it");
        }
    }

    private static String withoutSequence(EventFields fields) {
        return fields.envelope()
                ? "a change event without source.sequence: no PostgreSQL connector wrote it, or one older than Debezium 1.6"
                : "a record without source.sequence; where events are flattened, " + ADD;
    }

    private static Decoded position(EventFields fields, Sequence sequence) {
        Lsn before = sequence.lastCommit();
        return switch (kind(fields)) {
            case SNAPSHOT -> Decoded.at(new ChangePosition(before, null, Kind.SNAPSHOT));
            case OTHER ->
                before == null
                        ? Decoded.none("neither op nor an earlier commit; where events are flattened, " + ADD)
                        : Decoded.at(new ChangePosition(before, null, Kind.OTHER));
            case STREAMED -> {
                Lsn own = fields.lsn() == null ? sequence.lsn() : Sequence.lsn(fields.lsn());
                Lsn bound = later(before, own);
                yield bound == null
                        ? Decoded.none("a change event without an LSN")
                        : Decoded.at(new ChangePosition(bound, committedAt(fields), Kind.STREAMED));
            }
        };
    }

    private static Kind kind(EventFields fields) {
        Operation operation = Operation.forCode(fields.operation());
        boolean ofSnapshot =
                fields.snapshot() != null && !SnapshotRecord.FALSE.name().equalsIgnoreCase(fields.snapshot());
        if (ofSnapshot || operation == Operation.READ) {
            return Kind.SNAPSHOT;
        }
        if (operation == Operation.MESSAGE && fields.transaction() == null) {
            return Kind.OTHER;
        }
        // Without either it may be of an incremental snapshot, whose LSN bounds nothing.
        return operation == null && fields.snapshot() == null && !fields.envelope() ? Kind.OTHER : Kind.STREAMED;
    }

    private static Lsn later(Lsn one, Lsn other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.compareTo(other) > 0 ? one : other;
    }

    private static Instant committedAt(EventFields fields) {
        if (fields.sourceMicros() != null) {
            return Instant.EPOCH.plus(Long.parseLong(fields.sourceMicros()), ChronoUnit.MICROS);
        }
        return fields.sourceMillis() == null ? null : Instant.ofEpochMilli(Long.parseLong(fields.sourceMillis()));
    }

    /** Null where the value is not a structure, or tells none. */
    static Long emittedAt(EventFields value) {
        try {
            return value == null || value.emittedAt() == null ? null : Long.valueOf(value.emittedAt());
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
