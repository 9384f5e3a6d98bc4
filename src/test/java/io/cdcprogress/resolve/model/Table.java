package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.PartitionOffsets;

/** The table in SEMANTICS by the letter, from the logs themselves as they stand when it is asked. */
final class Table {
    private final World world;

    Table(World world) {
        this.world = world;
    }

    /**
     * @param topicId as it was observed
     * @param suspect whether the committed offset has not changed since the topic became another one
     */
    Row row(PartitionOffsets offsets, String topicId, boolean suspect) {
        if (offsets.recreated()) {
            return Row.UNKNOWN;
        }
        Log log = log(offsets, topicId);
        Long end = offsets.highWatermark();
        if (log == null || end == null || !offsets.committedRead() || end > log.end()) {
            return Row.UNTOLD;
        }
        if (suspect) {
            return world.sink.committedIn(log) ? Row.UNTOLD : Row.UNKNOWN;
        }
        Long committed = offsets.committed();
        if (committed != null) {
            boolean lost = offsets.beginning() != null && committed < offsets.beginning();
            return lost ? Row.STAYS : head(log, committed, end, offsets.beginning());
        }
        if (end == 0) {
            return Row.DRAINED;
        }
        if (world.dials.group.startsWith("connect-") && Long.valueOf(0).equals(offsets.beginning())) {
            return head(log, 0, end, 0L);
        }
        boolean sure = !offsets.justFound() && offsets.beginning() != null && offsets.end() != 0;
        return sure ? Row.UNKNOWN : Row.UNTOLD;
    }

    /** Null if it is not there any more. */
    Log log(PartitionOffsets offsets, String topicId) {
        Topic topic = world.brokers.topics.get(offsets.topic());
        return topic == null || !topic.id.equals(topicId) ? null : topic.logs.get(offsets.partition());
    }

    private Row head(Log log, long from, long end, Long beginning) {
        if (log.start > from) {
            return Row.UNTOLD; // what retention deletes after the log starts were asked for can't be read
        }
        for (long offset = from; offset < end; offset++) {
            Entry entry = log.entries.get((int) offset);
            if (entry.data()) {
                boolean back = entry.rec.position() == null || (world.dials.compacted && offset > from);
                long least = Math.max(log.start, Math.max(beginning == null ? 0 : beginning, from - LogReader.LIMIT));
                return back ? before(log, from, least) : limit(entry.rec.position());
            }
        }
        return Row.DRAINED;
    }

    private static Row before(Log log, long from, long least) {
        for (long offset = from - 1; offset >= least; offset--) {
            Entry entry = log.entries.get((int) offset);
            if (entry.data() && entry.rec.position() != null) {
                return limit(entry.rec.position());
            }
        }
        return Row.UNKNOWN;
    }

    private static Row limit(ChangePosition position) {
        return position.bound() == null ? Row.UNKNOWN : Row.limit(position.bound());
    }
}
