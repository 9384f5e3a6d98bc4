package io.cdcprogress.resolve.model;

import java.util.ArrayDeque;
import java.util.Deque;

/** The source connector with its walsender: publishes whole transactions in commit order, through a queue. */
final class Debezium {
    static final String HEARTBEATS = "__debezium-heartbeat.p";

    private final Dials dials;
    private final Database database;
    private final Producer producer;
    private final Deque<Rec> queue = new ArrayDeque<>();
    private final boolean seesEmptyCommits;
    private final long heartbeatInterval;
    private final int publishesPerTick;
    private Txn snapshot;
    private Long lastCommit;
    private int next;
    private int skip;
    private long received;
    private long statusAt;
    private long heartbeatAt;
    private long restartAt;
    private int pids = 100;

    Integer pid;
    long sent;
    long write;
    boolean paused;
    boolean beatsOnly;
    long stalledUntil;

    Debezium(Dials dials, Database database, Producer producer) {
        this.dials = dials;
        this.database = database;
        this.producer = producer;
        this.seesEmptyCommits = dials.actionQuery || dials.chance(0.5);
        boolean rare = dials.scenario == Scenario.RARE_HEARTBEATS;
        this.heartbeatInterval = dials.between(500 * Dials.MS, (rare ? 12 : 3) * Dials.SECOND);
        this.publishesPerTick = 1 + dials.random.nextInt(10);
        producer.confirmed = database.insert;
        if (dials.scenario == Scenario.SNAPSHOT) {
            snapshot = new Txn();
            snapshot.changesLeft = 3 + dials.random.nextInt(60);
            snapshot.commitEnd = 1;
            restartAt = dials.between(Dials.SECOND, 20 * Dials.SECOND);
        } else {
            lastCommit = database.insert;
            producer.storedCommit = lastCommit;
        }
    }

    /** What was there before anything was streamed: null where it is not part of this history. */
    Txn snapshot() {
        return snapshot;
    }

    boolean snapshotOver() {
        return snapshot == null || snapshot.changesLeft == 0;
    }

    void tick(long now) {
        if (pid == null && snapshotOver() && now >= restartAt && producer.accepts(now)) {
            start(now);
        } else if (!snapshotOver() && dials.chance(0.2)) {
            snapshot.changesLeft--;
            String topic = "p.t" + dials.random.nextInt(database.tables);
            Txn.Piece piece = new Txn.Piece(snapshot, topic, dials.random.nextInt(8), 1, false);
            queue.add(new Rec(Rec.Kind.SNAPSHOT, piece, topic, piece.key, null, producer.confirmed, null, null, now));
        }
        if (pid != null) {
            receive(now);
        }
        for (int i = 0; i < publishesPerTick && !queue.isEmpty() && !paused && now >= stalledUntil; i++) {
            if (!producer.accepts(now)) {
                break;
            }
            producer.send(queue.poll(), now);
        }
    }

    private void start(long now) {
        pid = ++pids;
        lastCommit = producer.storedCommit;
        next = database.after(lastCommit == null ? producer.confirmed : lastCommit);
        sent = lastCommit == null ? producer.confirmed : lastCommit;
        received = sent;
        write = sent;
        statusAt = now + dials.statusInterval;
        heartbeatAt = now + heartbeatInterval;
        Rec stored = producer.stored;
        boolean within = stored != null
                && stored.piece() != null
                && next < database.commits.size()
                && stored.piece().txn == database.commits.get(next);
        skip = within && dials.chance(0.5) ? stored.piece().index + 1 : 0;
    }

    private void receive(long now) {
        boolean full = queue.size() >= dials.queueCapacity;
        if (!full && dials.chance(0.7)) {
            if (next < database.commits.size()) {
                take(database.commits.get(next++), now);
            } else {
                // Nothing is waiting to be sent: a keepalive tells how far the WAL has been read.
                sent = Math.max(sent, database.flush);
                received = sent;
            }
        }
        if (now >= statusAt) {
            statusAt = now + dials.statusInterval;
            write = received;
        }
        if (dials.heartbeats && !full && now >= heartbeatAt) {
            heartbeatAt = now + heartbeatInterval;
            queue.add(new Rec(Rec.Kind.HEARTBEAT, null, HEARTBEATS, 0, null, received, null, lastCommit, now));
            if (dials.actionQuery && !beatsOnly) {
                database.commit(new Txn());
            }
        }
    }

    private void take(Txn txn, long now) {
        for (Txn.Piece piece : txn.pieces) {
            if (piece.index >= skip) {
                Rec.Kind kind = piece.tombstone ? Rec.Kind.TOMBSTONE : Rec.Kind.CHANGE;
                queue.add(new Rec(
                        kind, piece, piece.topic, piece.key, lastCommit, piece.lsn, txn.committedAt, lastCommit, now));
            }
        }
        skip = 0;
        if (!txn.pieces.isEmpty() || seesEmptyCommits) {
            lastCommit = txn.commitEnd;
        }
        sent = Math.max(sent, txn.commitEnd);
        received = sent;
    }

    /** Records of an incremental snapshot, between transactions. */
    void readIncrementally(long now) {
        for (int i = dials.random.nextInt(5); i >= 0 && pid != null && lastCommit != null; i--) {
            String topic = "p.t" + dials.random.nextInt(database.tables);
            queue.add(new Rec(
                    Rec.Kind.INCREMENTAL,
                    null,
                    topic,
                    dials.random.nextInt(8),
                    lastCommit,
                    lastCommit,
                    null,
                    lastCommit,
                    now));
        }
    }

    void crash(long now) {
        if (pid == null || producer.storedCommit == null) {
            return;
        }
        pid = null;
        queue.clear();
        producer.crash(now);
        restartAt = now + dials.between(3 * Dials.SECOND, 8 * Dials.SECOND);
    }
}
