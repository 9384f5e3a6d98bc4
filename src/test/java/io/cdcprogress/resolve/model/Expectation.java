package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.TopicsObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What SEMANTICS says of one observation, by the letter and from the logs themselves: F and the visible bounds. */
final class Expectation {
    private record Offer(long at, Lsn value) {}

    private final World world;
    private final List<Offer> frontiers = new ArrayList<>();

    /** Of the last observation: the smallest bound; null where nothing lags. */
    Lsn limit;

    boolean unknown;
    /** Whether every partition's case is one of the table's that needs no memory. */
    boolean plain;
    /** Commit time of the oldest unconsumed record that is in Kafka; null where there is none. */
    Instant oldest;

    int lagging;

    Expectation(World world) {
        this.world = world;
    }

    /** F at this observation, by what this monitor has seen since it started. */
    Lsn frontier(Seen seen) {
        TopicsObservation topics = seen.kafka().topics().get(Observer.PIPELINE);
        boolean asked = seen.source().asked();
        Lsn now = asked
                ? seen.source().storedCommit()
                : seen.slot().slotFacts() == null
                        ? null
                        : seen.slot().slotFacts().processedLsn();
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

    /** Looks at the table's case of each partition. */
    void look(List<PartitionOffsets> partitions) {
        limit = null;
        unknown = partitions.isEmpty();
        plain = true;
        oldest = null;
        lagging = 0;
        for (PartitionOffsets offsets : partitions) {
            Log log = world.brokers.topics.get(offsets.topic()).logs.get(offsets.partition());
            Long end = offsets.highWatermark();
            Long committed = offsets.committed();
            if (end == null || !offsets.committedRead() || offsets.recreated() || end > log.end()) {
                plain = false;
            } else if (committed != null && offsets.beginning() != null && committed < offsets.beginning()) {
                plain = false; // W stays
            } else if (committed == null && end != 0) {
                boolean fromZero = world.dials.group.startsWith("connect-")
                        && Long.valueOf(0).equals(offsets.beginning());
                if (fromZero) {
                    head(log, 0, end);
                } else {
                    unknown = true;
                    plain &= !offsets.justFound() && offsets.beginning() != null && offsets.end() != 0;
                }
            } else if (committed != null) {
                head(log, committed, end);
            }
        }
    }

    private void head(Log log, long from, long end) {
        boolean first = true;
        for (long offset = from; offset < end; offset++) {
            Entry entry = log.entries.get((int) offset);
            if (!entry.data()) {
                continue;
            }
            if (first) {
                first = false;
                lagging++;
                bound(log, offset);
            }
            Instant at = entry.rec.committedAt();
            if (at != null && !entry.rec.piece().consumed && (oldest == null || at.isBefore(oldest))) {
                oldest = at;
            }
        }
    }

    private void bound(Log log, long from) {
        ChangePosition position = null;
        for (long offset = from; offset >= Math.max(log.start, from - LogReader.LIMIT) && position == null; offset--) {
            Entry entry = log.entries.get((int) offset);
            position = entry.data() ? entry.rec.position() : null;
        }
        if (position == null || position.bound() == null) {
            unknown = true;
        } else {
            limit = Lsn.min(limit, position.bound());
        }
    }
}
