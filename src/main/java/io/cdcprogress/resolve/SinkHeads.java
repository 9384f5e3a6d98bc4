package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.TopicFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The first unconsumed records of one sink group in one pipeline. Says what has to be read, takes what was read, and
 * tells each partition's position: every row of the table in which SEMANTICS names the cases.
 */
final class SinkHeads {
    private final String pipeline;
    private final String group;
    private final Map<PartitionId, Head> heads = new HashMap<>();
    /** Of the last observation: what has to be told of each partition, and why something was not read. */
    private final Map<PartitionId, PartitionOffsets> current = new HashMap<>();

    private final Map<PartitionId, Lsn> earlierBounds = new HashMap<>();
    private final Map<PartitionId, Failure> unread = new HashMap<>();
    private final Map<PartitionId, Boolean> compacted = new HashMap<>();
    private final RecreatedTopics recreated = new RecreatedTopics();
    private Map<String, TopicFacts> topics = Map.of();

    SinkHeads(String pipeline, String group) {
        this.pipeline = pipeline;
        this.group = group;
    }

    /**
     * Takes the offsets of an observation.
     *
     * @return why everything known of the sink's position is void: a topic is another one; null if it is not
     */
    Failure begin(List<PartitionOffsets> partitions, Map<String, TopicFacts> topics) {
        current.clear();
        unread.clear();
        this.topics = topics;
        Failure changed = recreated.note(partitions, topics);
        for (PartitionOffsets offsets : partitions) {
            PartitionId id = offsets.id();
            current.put(id, offsets);
            TopicFacts facts = topics.get(offsets.topic());
            compacted.put(id, facts == null || facts.compacted());
            Long next = next(offsets);
            if (next != null) {
                remember(id, facts == null ? null : facts.id(), next);
            }
        }
        heads.keySet().retainAll(current.keySet());
        earlierBounds.keySet().retainAll(current.keySet());
        compacted.keySet().retainAll(current.keySet());
        return changed;
    }

    /** Of what happened to the topics, what is not over; null if nothing is. */
    Failure lasts() {
        return recreated.lasts();
    }

    private void remember(PartitionId id, String topicId, long next) {
        Head head = heads.get(id);
        if (head == null || !head.isOf(topicId, next)) {
            // Of a group that went back, or of another topic, the old bound says nothing.
            boolean stillHolds = head != null && head.isOf(topicId, head.next()) && head.next() <= next;
            Lsn bound = stillHolds ? Lsn.max(earlierBounds.get(id), head.bound(compacted.get(id))) : null;
            earlierBounds.remove(id);
            if (bound != null) {
                earlierBounds.put(id, bound);
            }
            heads.put(id, Head.unread(topicId, next));
        }
    }

    /** What the head is known by; null where nothing can be read from: what the partition's offsets say has to do. */
    private Long next(PartitionOffsets offsets) {
        if (recreated.suspect(offsets) || offsets.highWatermark() == null) {
            return null;
        }
        if (offsets.belowLogStart()) {
            return nothingLost(offsets) ? offsets.committed() : null;
        }
        return offsets.next(group);
    }

    /**
     * Whether all that the log start has passed is known to be markers: a table at rest ends with one, which retention
     * deletes. Known is what was read from this very offset of this very topic.
     */
    private boolean nothingLost(PartitionOffsets offsets) {
        Head head = heads.get(offsets.id());
        TopicFacts facts = topics.get(offsets.topic());
        if (head == null || !head.isOf(facts == null ? null : facts.id(), offsets.committed())) {
            return false;
        }
        long from = head.found() == null ? head.readTo() : head.found().offset();
        return from >= offsets.beginning();
    }

    private PartitionPosition below(PartitionId id, PartitionOffsets offsets) {
        // What a single offset was that is gone can't be told any more.
        boolean mayBeAMarker = offsets.beginning().equals(offsets.highWatermark())
                && offsets.beginning() - offsets.committed() == 1
                && (heads.get(id) == null || heads.get(id).found() == null);
        return PartitionPosition.held(
                null,
                mayBeAMarker
                        ? why(
                                id,
                                "retention has deleted all of it, and whether the group had read the last of it is not known")
                        : new Failure(
                                Finding.DATA_LOSS, id + ": retention deleted records that the group had not read"));
    }

    /** Stretches in which the first data record is not known yet. */
    List<Point> firstPoints() {
        List<Point> points = new ArrayList<>();
        current.forEach((id, offsets) -> {
            Long next = next(offsets);
            if (next != null && next < offsets.highWatermark() && heads.get(id).needsFirst(offsets.highWatermark())) {
                points.add(new Point(pipeline, id, heads.get(id).readTo(), offsets.highWatermark()));
            }
        });
        return points;
    }

    void takeFirst(Map<Point, ReadResult> results) {
        for (Point point : firstPoints()) {
            ReadResult result = results.get(point);
            heads.computeIfPresent(point.partition(), (id, head) -> head.withFirst(result, point.end()));
            noteUnread(point, result);
        }
    }

    /** Stretches in which a nearest earlier record has to be found. */
    List<Point> earlierPoints() {
        List<Point> points = new ArrayList<>();
        current.forEach((id, offsets) -> {
            Long next = next(offsets);
            if (next != null && next < offsets.highWatermark() && heads.get(id).needsEarlier(compacted.get(id))) {
                long from = offsets.beginning() == null ? 0 : offsets.beginning();
                if (from < next) {
                    points.add(new Point(pipeline, id, from, next));
                } else {
                    heads.computeIfPresent(id, (any, head) -> head.withEarlier(new ReadResult.Nothing()));
                }
            }
        });
        return points;
    }

    void takeEarlier(Map<Point, ReadResult> results) {
        for (Point point : earlierPoints()) {
            ReadResult result = results.get(point);
            heads.computeIfPresent(point.partition(), (id, head) -> head.withEarlier(result));
            noteUnread(point, result);
        }
    }

    private void noteUnread(Point point, ReadResult result) {
        if (result instanceof ReadResult.Unread failed) {
            unread.put(point.partition(), failed.failure());
        } else if (result == null) {
            unread.put(point.partition(), why(point.partition(), "its next record was not read"));
        }
    }

    Map<PartitionId, PartitionPosition> positions() {
        Map<PartitionId, PartitionPosition> positions = new HashMap<>();
        current.forEach((id, offsets) -> positions.put(id, position(id, offsets)));
        return positions;
    }

    private PartitionPosition position(PartitionId id, PartitionOffsets offsets) {
        if (recreated.suspect(offsets)) {
            return PartitionPosition.unknown(recreated.why(group, offsets));
        }
        if (!offsets.committedRead() || offsets.highWatermark() == null) {
            Head head = heads.get(id);
            Lsn known = head == null ? null : Lsn.max(earlierBounds.get(id), head.bound(compacted.get(id)));
            return PartitionPosition.held(known, why(id, "the broker did not tell the offsets"));
        }
        if (offsets.belowLogStart() && !nothingLost(offsets)) {
            return below(id, offsets);
        }
        Long next = offsets.next(group);
        if (next == null) {
            Failure why = why(id, "group " + group + " has no committed offset: where it begins is not known");
            boolean unsure = offsets.beginning() == null || offsets.justFound();
            return unsure ? PartitionPosition.held(null, why) : PartitionPosition.unknown(why);
        }
        if (next >= offsets.highWatermark()) {
            return PartitionPosition.DRAINED;
        }
        return heads.get(id)
                .position(id, offsets.highWatermark(), compacted.get(id), earlierBounds.get(id), unread.get(id));
    }

    private static Failure why(PartitionId id, String what) {
        return new Failure(Finding.POSITION_UNKNOWN, id + ": " + what);
    }
}
