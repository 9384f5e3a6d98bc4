package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Counter.Sample;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionProgress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What was seen of a sink in one partition. Immutable.
 *
 * @param topicId of the topic that all of it is of; null if not known
 * @param committed as it was read last; null where there was none
 * @param end as it was read last; null if it never was
 * @param waitingSince since when data has waited at this committed offset; null while none does
 * @param rewoundFrom where the group had come before it went back; null where it has not, or has come there again
 * @param older one to two minutes ago, or as long as there is; null at first
 * @param newer what the older is replaced by in a minute
 * @param logStarts where the log start was found, and where it has moved since; the last few
 */
record PartitionHistory(
        String topicId,
        Long committed,
        Long end,
        Instant waitingSince,
        Long rewoundFrom,
        Mark older,
        Mark newer,
        List<Sample> logStarts) {
    /** @param headArrivedAt when the first unconsumed record came into Kafka; null if not told */
    record Mark(Instant at, Instant headArrivedAt, Long committed) {}

    private static final Duration MARKED_EVERY = Duration.ofMinutes(1);
    private static final int LOG_STARTS = 4;

    PartitionHistory {
        logStarts = List.copyOf(logStarts);
    }

    private static PartitionHistory begin(String topicId) {
        return new PartitionHistory(topicId, null, null, null, null, null, null, List.of());
    }

    /**
     * With one more observation.
     *
     * @param before null for the first
     * @param waiting records that wait for the sink; null if not known
     * @param resumedSince since when data has waited here, by what was kept over a restart; null where nothing was
     */
    static PartitionHistory next(
            PartitionHistory before,
            String topicId,
            PartitionProgress progress,
            Long waiting,
            Instant now,
            Instant resumedSince) {
        PartitionOffsets offsets = progress.offsets();
        boolean another = before == null
                || offsets.recreated()
                || (before.topicId != null && topicId != null && !before.topicId.equals(topicId));
        PartitionHistory last = another ? begin(topicId) : before;
        boolean beingDeleted = offsets.committed() == null && offsets.end() == null;
        if (!offsets.committedRead() || beingDeleted) {
            return last; // not read, or of a topic that is about to go: nothing is known to have changed
        }
        boolean moved = another || !Objects.equals(last.committed, offsets.committed());
        Instant waitingSince = last.waitingSince(waiting, moved, now, another ? resumedSince : null);
        Mark mark = new Mark(now, head(progress.position()), offsets.committed());
        boolean due = last.newer == null || Duration.between(last.newer.at, now).compareTo(MARKED_EVERY) >= 0;
        return new PartitionHistory(
                topicId == null ? last.topicId : topicId,
                offsets.committed(),
                offsets.end() == null ? last.end : offsets.end(),
                waitingSince,
                last.rewound(another, offsets.committed()),
                due ? last.newer : last.older,
                due ? mark : last.newer,
                last.logStarts(now, offsets.beginning()));
    }

    /** What the present is compared with; null at first. */
    Mark base() {
        return older == null ? newer : older;
    }

    private Instant waitingSince(Long lagRecords, boolean moved, Instant now, Instant resumed) {
        if (lagRecords == null) {
            return moved ? null : waitingSince;
        }
        if (lagRecords == 0) {
            return null;
        }
        return waitingSince != null && !moved ? waitingSince : resumed != null ? resumed : now;
    }

    private Long rewound(boolean another, Long committedNow) {
        if (another) {
            return null;
        }
        boolean back = committed != null && (committedNow == null || committedNow < committed);
        Long from = back && (rewoundFrom == null || rewoundFrom < committed) ? committed : rewoundFrom;
        return from == null || (committedNow != null && committedNow >= from) ? null : from;
    }

    private List<Sample> logStarts(Instant now, Long beginning) {
        if (beginning == null
                || (!logStarts.isEmpty() && logStarts.get(logStarts.size() - 1).value() == beginning)) {
            return logStarts;
        }
        List<Sample> more = new ArrayList<>(logStarts);
        more.add(new Sample(now, beginning));
        return more.size() > LOG_STARTS ? more.subList(1, more.size()) : more;
    }

    private static Instant head(PartitionPosition position) {
        return position == null ? null : position.arrivedAt();
    }

    /** Records consumed since the observation before; a group that went back has consumed none. */
    static long consumed(PartitionHistory before, PartitionHistory now) {
        return grown(before, before == null ? null : before.committed, now, now.committed);
    }

    /** Records that came since the observation before. */
    static long produced(PartitionHistory before, PartitionHistory now) {
        return grown(before, before == null ? null : before.end, now, now.end);
    }

    private static long grown(PartitionHistory before, Long then, PartitionHistory now, Long value) {
        boolean same = before != null && Objects.equals(before.topicId, now.topicId);
        return same && then != null && value != null ? Math.max(0, value - then) : 0;
    }
}
