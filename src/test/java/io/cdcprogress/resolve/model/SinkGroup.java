package io.cdcprogress.resolve.model;

import io.cdcprogress.model.PartitionId;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** A group that consumes in the order of each partition, and commits what it has consumed now and then. */
final class SinkGroup {
    private final Dials dials;
    private final Brokers brokers;
    private final Map<Log, Long> positions = new LinkedHashMap<>();
    /** Up to where what it has consumed is committed. */
    private final Map<Log, Long> marked = new LinkedHashMap<>();

    private final boolean startsAtEarliest;
    private final long discovers;
    private final long commitInterval;
    private long commitAt;
    final Map<PartitionId, Long> committed = new HashMap<>();
    private final Map<PartitionId, Log> committedIn = new HashMap<>();
    boolean paused;
    boolean hurries;

    SinkGroup(Dials dials, Brokers brokers) {
        this.dials = dials;
        this.brokers = brokers;
        startsAtEarliest = dials.group.startsWith("connect-") || dials.chance(0.5);
        discovers = dials.between(Dials.SECOND, 20 * Dials.SECOND);
        commitInterval = dials.between(500 * Dials.MS, 8 * Dials.SECOND);
    }

    Set<PartitionId> assigned() {
        Set<PartitionId> assigned = new HashSet<>();
        positions.keySet().stream().filter(brokers::live).forEach(log -> assigned.add(log.id));
        return assigned;
    }

    /** Whether the committed offset is one of this log, and not of another under the same name. */
    boolean committedIn(Log log) {
        return committedIn.get(log.id) == log;
    }

    void tick(long now) {
        for (Log log : brokers.logs()) {
            if (!positions.containsKey(log) && now >= log.createdAt + (log.createdAt == 0 ? 0 : discovers)) {
                positions.put(log, startsAtEarliest ? log.start : log.end());
            }
            if (positions.containsKey(log) && (!paused || hurries)) {
                consume(log);
            }
        }
        if (now >= commitAt) {
            commitAt = now + commitInterval;
            commit();
        }
    }

    private void consume(Log log) {
        long end = dials.readCommitted ? log.stable() : log.end();
        long position = positions.get(log);
        if (position < log.start) {
            position = startsAtEarliest ? log.start : end;
        }
        double budget = hurries ? 50 : dials.random.nextDouble() * 2 * dials.sinkSpeed;
        for (long offset = position; offset < end && budget > 0 && !(budget < 1 && !dials.chance(budget)); offset++) {
            if (log.entries.get((int) offset).data()) {
                position = offset + 1; // not past what holds no data: the position is that of the last record
                budget--;
            }
        }
        positions.put(log, position);
    }

    private void commit() {
        positions.forEach((log, position) -> {
            Long last = committed.get(log.id);
            boolean news = last == null ? position > 0 || dials.chance(0.1) : !last.equals(position);
            if (brokers.live(log) && news) {
                committed.put(log.id, position);
                committedIn.put(log.id, log);
                mark(log, position);
            }
        });
    }

    /** What the committed offset has passed counts as consumed. */
    private void mark(Log log, long to) {
        for (long offset = marked.getOrDefault(log, 0L); offset < to; offset++) {
            Entry entry = log.entries.get((int) offset);
            boolean seen = !entry.aborted || !dials.readCommitted;
            if (entry.rec != null && entry.rec.piece() != null && seen) {
                entry.rec.piece().consumed = true;
            }
        }
        marked.merge(log, to, Math::max);
    }

    /** Commits expire while the group goes on, or while it was away: then it begins as if it were new. */
    void expire() {
        committed.clear();
        if (dials.chance(0.5)) {
            positions.replaceAll((log, position) -> startsAtEarliest ? Long.valueOf(log.start) : (Long) log.end());
        }
    }

    void rewind() {
        for (Map.Entry<Log, Long> position : positions.entrySet()) {
            Log log = position.getKey();
            Long from = committed.get(log.id);
            if (brokers.live(log) && from != null && dials.chance(0.5)) {
                long back = log.start + dials.upTo(Math.max(0, from - log.start));
                position.setValue(Math.min(from, back));
                committed.put(log.id, position.getValue());
            }
        }
    }

    /** A topic is deleted: brokers delete its committed offsets; a client that lives on may write them again. */
    void topicGone(String topic) {
        boolean stale = dials.chance(0.3);
        committed.keySet().removeIf(id -> id.topic().equals(topic) && !stale);
    }
}
