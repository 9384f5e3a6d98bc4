package io.cdcprogress.resolve.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A transaction of the database. */
final class Txn {
    /** A record that Debezium makes of it. */
    static final class Piece {
        final Txn txn;
        final String topic;
        final int key;
        final long lsn;
        final boolean tombstone;
        final int index;
        /** Every copy of it in Kafka, oldest first; a replay makes more. */
        final List<Entry> entries = new ArrayList<>(1);

        boolean consumed;
        /** It was only in a topic that has been deleted. */
        boolean lost;

        Piece(Txn txn, String topic, int key, long lsn, boolean tombstone) {
            this.txn = txn;
            this.topic = topic;
            this.key = key;
            this.lsn = lsn;
            this.tombstone = tombstone;
            this.index = txn.pieces.size();
            txn.pieces.add(this);
        }

        boolean delivered() {
            return lost || consumed || entries.stream().anyMatch(entry -> !entry.aborted);
        }
    }

    final List<Piece> pieces = new ArrayList<>();
    int changesLeft;
    long commitEnd;
    Instant committedAt;

    @Override
    public String toString() {
        return "txn ..." + Long.toHexString(commitEnd) + " of " + pieces.size();
    }
}
