package io.cdcprogress.resolve.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** A WAL of interleaved transactions over several captured tables, and of much that is not captured. */
final class Database {
    private static final Instant EPOCH = Instant.parse("2026-01-01T00:00:00Z");

    private final Dials dials;
    long insert = 0x1000000;
    long flush = insert;
    /** Commits in order, of which those without pieces captured nothing. */
    final List<Txn> commits = new ArrayList<>();

    private final List<Txn> open = new ArrayList<>();
    private long now;
    private int commitsInTick;
    int tables;
    boolean quiet;

    Database(Dials dials) {
        this.dials = dials;
        this.tables = dials.tables;
    }

    /** The database's clock. */
    Instant clock() {
        return EPOCH.plusNanos(now + 500_000);
    }

    void tick(long to) {
        now = to;
        commitsInTick = 0;
        if (!quiet && dials.chance(dials.txnsPerTick)) {
            Txn txn = new Txn();
            txn.changesLeft = 1 + dials.random.nextInt(dials.chance(0.05) ? 20 : 4);
            open.add(txn);
        }
        for (Iterator<Txn> all = open.iterator(); all.hasNext(); ) {
            Txn txn = all.next();
            if (txn.changesLeft > 0 && dials.chance(0.4)) {
                change(txn);
            } else if (txn.changesLeft == 0 && dials.chance(0.3)) {
                commit(txn);
                all.remove();
            }
        }
        if (!quiet && dials.chance(0.06)) {
            write(2000); // not captured
        }
        if (!quiet && dials.chance(0.02)) {
            commit(new Txn()); // of a table that is not captured
        }
        if (dials.chance(0.1)) {
            flush = insert;
        }
    }

    boolean idle() {
        return open.isEmpty();
    }

    private void change(Txn txn) {
        txn.changesLeft--;
        String topic = "p.t" + dials.random.nextInt(tables);
        int key = dials.random.nextInt(8);
        long lsn = insert;
        write(200);
        new Txn.Piece(txn, topic, key, lsn, false);
        if (dials.chance(0.15)) {
            new Txn.Piece(txn, topic, key, lsn, true);
        }
    }

    private void write(int most) {
        insert += 8L * (4 + dials.random.nextInt(most / 8));
    }

    void commit(Txn txn) {
        write(100);
        txn.commitEnd = insert;
        txn.committedAt = EPOCH.plusNanos(now + 1_000L * ++commitsInTick);
        flush = insert;
        commits.add(txn);
    }

    /** Where decoding goes on after a commit. */
    int after(long lsn) {
        int i = 0;
        while (i < commits.size() && commits.get(i).commitEnd <= lsn) {
            i++;
        }
        return i;
    }
}
