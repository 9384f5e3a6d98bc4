package io.cdcprogress.resolve.model;

import io.cdcprogress.model.PartitionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A partition of one incarnation of a topic. What retention and compaction delete stays here, marked. */
final class Log {
    final Topic topic;
    final PartitionId id;
    final long createdAt;
    final List<Entry> entries = new ArrayList<>();
    long start;
    private int stable;

    Log(Topic topic, int partition, long createdAt) {
        this.topic = topic;
        this.id = new PartitionId(topic.name, partition);
        this.createdAt = createdAt;
    }

    long end() {
        return entries.size();
    }

    /** Last stable offset. */
    long stable() {
        while (stable < entries.size() && entries.get(stable).decided) {
            stable++;
        }
        return stable;
    }

    void mark(Object batch, boolean abort, long now) {
        for (Entry entry : entries) {
            if (entry.batch == batch) {
                entry.decided = true;
                entry.aborted = abort;
            }
        }
        new Entry(this, null, now, null);
    }

    /** Removes what a newer record of the same key replaces, below some offset. */
    void compact(long below) {
        Set<Integer> newer = new HashSet<>();
        for (int i = (int) stable() - 1; i >= 0; i--) {
            Entry entry = entries.get(i);
            if (entry.data() && !newer.add(entry.rec.key()) && i < below) {
                entry.compactedAway = true;
            } else if (entry.data() && entry.rec.kind() == Rec.Kind.TOMBSTONE && i < below / 2) {
                entry.compactedAway = true;
            }
        }
    }
}
