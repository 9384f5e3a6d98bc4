package io.cdcprogress.model;

import java.time.Instant;

/**
 * Where a change event stands in the source's history. LSNs of single changes order nothing, since a transaction that
 * began early and committed late is published late; only the bound does.
 *
 * @param bound every captured transaction that committed at or before here was published before this record:
 *     {@code max(source.sequence[0], source.lsn)} of a streamed change, {@code source.sequence[0]} alone of any other;
 *     null for a record of an initial snapshot, before which nothing has been streamed
 * @param committedAt commit time by the database's clock; null where the record does not tell it
 * @param kind what kind of record this is
 */
public record ChangePosition(Lsn bound, Instant committedAt, Kind kind) {
    /** What the position rests on. */
    public enum Kind {
        /** A change of a committed transaction, read from the WAL. */
        STREAMED,
        /** Read from a table: of an initial, blocking or incremental snapshot. */
        SNAPSHOT,
        /** A logical message outside of any transaction, or a record that does not tell what it is. */
        OTHER
    }

    public boolean streamed() {
        return kind == Kind.STREAMED;
    }

    /** Whether it comes from a snapshot before which nothing was streamed. */
    public boolean initialSnapshot() {
        return kind == Kind.SNAPSHOT && bound == null;
    }
}
