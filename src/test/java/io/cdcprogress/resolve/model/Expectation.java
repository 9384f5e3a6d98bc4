package io.cdcprogress.resolve.model;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicsObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What SEMANTICS says of one observation, by the letter and from the logs themselves: F and the visible bounds. */
final class Expectation {
    private record Offer(long at, Lsn value) {}

    /** What a partition's first unconsumed record was since the group stood where it stands. */
    private record Kept(String topicId, long from, Row row) {}

    private final World world;
    private final Table table;
    private final List<Offer> frontiers = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private final Map<PartitionId, Long> suspects = new HashMap<>();
    private final Map<Integer, Lsn> confirmedAtFirst = new HashMap<>();
    private final Map<PartitionId, Kept> kept = new HashMap<>();
    private Map<PartitionId, Row> rows = Map.of();
    /** Whether a topic was seen to be another one than before, at the last observation. */
    boolean another;

    Expectation(World world) {
        this.world = world;
        this.table = new Table(world);
    }

    /** F at this observation, by what this monitor has seen since it started. */
    Lsn frontier(Seen seen) {
        TopicsObservation topics = seen.kafka().topics().get(Observer.PIPELINE);
        boolean asked = seen.source().asked();
        Lsn now = asked ? storedWithin(seen) : confirmedOn(seen.slot().slotFacts());
        if (now != null) {
            frontiers.add(new Offer(seen.at(), now));
        }
        Lsn frontier = null;
        for (Offer offer : frontiers) {
            if (offer.at <= topics.listedAt()) {
                frontier = Lsn.max(frontier, offer.value);
            }
        }
        return frontier;
    }

    /** What is stored beyond the WAL was stored since that was asked for, or is of another history. */
    private static Lsn storedWithin(Seen seen) {
        Lsn stored = seen.source().storedCommit();
        boolean beyond = stored != null
                && seen.slot().serverFacts() != null
                && stored.compareTo(seen.slot().serverFacts().sourceLsn()) > 0;
        return beyond ? null : stored;
    }

    /** What a slot has confirmed beyond what it had when its walsender was first seen: before that, it may be a new one. */
    private Lsn confirmedOn(SlotFacts slot) {
        if (slot == null || slot.activePid() == null) {
            return null;
        }
        Lsn first = confirmedAtFirst.computeIfAbsent(slot.activePid(), pid -> slot.processedLsn());
        return slot.processedLsn().compareTo(first) > 0 ? slot.processedLsn() : null;
    }

    /** Looks at the logs before anything of this observation is read from them. */
    void before(Seen seen) {
        another = false;
        rows = Map.of();
        if (seen.partitions() != null) {
            suspect(seen);
            rows = rows(seen);
        }
    }

    private void suspect(Seen seen) {
        Set<String> others = new HashSet<>();
        topics(seen).forEach((topic, facts) -> {
            if (ids.containsKey(topic) && !ids.get(topic).equals(facts.id())) {
                others.add(topic);
            }
            ids.put(topic, facts.id());
        });
        another = !others.isEmpty();
        for (PartitionOffsets offsets : seen.partitions()) {
            another |= offsets.recreated();
            if (others.contains(offsets.topic())) {
                suspects.put(offsets.id(), offsets.committed());
            }
            Long suspect = suspects.get(offsets.id());
            if (offsets.committedRead() && (suspect == null || !suspect.equals(offsets.committed()))) {
                suspects.remove(offsets.id());
            }
        }
    }

    private static Map<String, TopicFacts> topics(Seen seen) {
        return seen.kafka().topics().get(Observer.PIPELINE).topics();
    }

    private static String id(Seen seen, PartitionOffsets offsets) {
        TopicFacts facts = topics(seen).get(offsets.topic());
        return facts == null ? "" : facts.id();
    }

    private Map<PartitionId, Row> rows(Seen seen) {
        Map<PartitionId, Row> now = new HashMap<>();
        for (PartitionOffsets offsets : seen.partitions()) {
            now.put(offsets.id(), table.row(offsets, id(seen, offsets), suspects.containsKey(offsets.id())));
        }
        return now;
    }

    /** Looks at them once more when they have been read: in between they may have changed. */
    void after(Seen seen) {
        if (seen.partitions() == null) {
            return;
        }
        Map<PartitionId, Row> now = rows(seen);
        boolean shrinks = world.dials.compacted || world.dials.scenario == Scenario.RETENTION;
        for (PartitionOffsets offsets : seen.partitions()) {
            Row first = rows.get(offsets.id());
            Row either = first.or(now.get(offsets.id()));
            boolean untold = first.equals(Row.UNTOLD) || first.equals(Row.STAYS);
            rows.put(offsets.id(), shrinks ? remembered(offsets, id(seen, offsets), either, untold) : either);
        }
    }

    private static long from(PartitionOffsets offsets) {
        return offsets.committed() == null ? 0 : offsets.committed();
    }

    /** What was read once is not read again: of a log that shrinks, what was there counts as well. */
    private Row remembered(PartitionOffsets offsets, String topicId, Row row, boolean untold) {
        Kept before = kept.get(offsets.id());
        boolean same = before != null
                && before.topicId.equals(topicId)
                && before.from == from(offsets)
                && !before.row.equals(Row.DRAINED);
        if (untold) {
            return same && row.equals(Row.UNTOLD) ? before.row : row;
        }
        Row either = same ? before.row.or(row) : row;
        kept.put(offsets.id(), new Kept(topicId, from(offsets), either));
        return either;
    }

    /** The smallest of all bounds; a range where one may have been read as this or that. */
    Row limit() {
        Row limit = rows.isEmpty() ? Row.UNKNOWN : Row.DRAINED;
        for (Row row : rows.values()) {
            limit = limit.and(row);
        }
        return limit;
    }

    /** Whether every partition's case is one of the table's that needs no memory. */
    boolean plain() {
        return rows.values().stream().allMatch(row -> row.kind() == Row.Kind.LIMIT || row.kind() == Row.Kind.UNKNOWN);
    }

    /** Commit time of the oldest unconsumed record that is in Kafka; null where there is none. */
    Instant oldest(Seen seen) {
        Instant oldest = null;
        for (PartitionOffsets offsets : seen.partitions()) {
            Log log = table.log(offsets, id(seen, offsets));
            for (long offset = from(offsets); log != null && offset < offsets.highWatermark(); offset++) {
                Entry entry = log.entries.get((int) offset);
                Instant at = entry.data() ? entry.rec.committedAt() : null;
                if (at != null && !entry.rec.piece().consumed && (oldest == null || at.isBefore(oldest))) {
                    oldest = at;
                }
            }
        }
        return oldest;
    }
}
