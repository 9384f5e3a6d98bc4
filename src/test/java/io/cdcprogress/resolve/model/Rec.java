package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.Lsn;
import java.time.Instant;

/**
 * A record on its way from Debezium.
 *
 * @param piece null for heartbeats and incremental snapshots
 * @param sequence0 end of the commit before
 * @param lsnCommit what its source offset says
 */
record Rec(
        Kind kind,
        Txn.Piece piece,
        String topic,
        int key,
        Long sequence0,
        long lsn,
        Instant committedAt,
        Long lsnCommit,
        long createdAt) {
    enum Kind {
        CHANGE,
        TOMBSTONE,
        SNAPSHOT,
        INCREMENTAL,
        HEARTBEAT
    }

    /** As facts 2 to 5 of SEMANTICS say; null where it tells none. */
    ChangePosition position() {
        return switch (kind) {
            case CHANGE ->
                new ChangePosition(
                        new Lsn(sequence0 == null ? lsn : Math.max(sequence0, lsn)),
                        committedAt,
                        ChangePosition.Kind.STREAMED);
            case SNAPSHOT, INCREMENTAL ->
                new ChangePosition(sequence0 == null ? null : new Lsn(sequence0), null, ChangePosition.Kind.SNAPSHOT);
            case TOMBSTONE, HEARTBEAT -> null;
        };
    }
}
