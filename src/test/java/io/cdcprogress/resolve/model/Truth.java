package io.cdcprogress.resolve.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The oracle: what is so, from the world's whole history, with none of the resolver's means. */
record Truth(long consumedUpTo, long publishedUpTo, Instant oldestUnconsumed) {
    /** As it is now. */
    static Truth of(World world) {
        List<Txn> all = new ArrayList<>();
        if (world.debezium.snapshot() != null) {
            all.add(world.debezium.snapshot());
        }
        all.addAll(world.database.commits);
        boolean snapshotOver = world.debezium.snapshotOver();
        long consumed = snapshotOver ? Long.MAX_VALUE : 0;
        long published = consumed;
        Instant oldest = null;
        for (Txn txn : all) {
            boolean isConsumed = txn.pieces.stream().allMatch(piece -> piece.consumed || piece.lost);
            if (!isConsumed && consumed >= txn.commitEnd) {
                consumed = txn.commitEnd - 1;
                oldest = txn.committedAt;
            }
            if (published >= txn.commitEnd && !txn.pieces.stream().allMatch(Txn.Piece::delivered)) {
                published = txn.commitEnd - 1;
            }
        }
        return new Truth(consumed, published, oldest);
    }
}
