package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.TopicsObservation;
import io.cdcprogress.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Takes note of what has stayed the same at an observation. What was not observed changes nothing. Pure. */
final class Watch {
    private Watch() {}

    /**
     * The windows with one more observation.
     *
     * @param progress null if not known
     * @param histories of its partitions, with this observation
     */
    static Windows next(
            Windows windows,
            Situation situation,
            Collection<PartitionProgress> progress,
            Map<PartitionId, PartitionHistory> histories) {
        Windows watched = connector(positions(slot(windows, situation), situation), situation);
        watched = topics(watched, situation).with(Kind.SEEN, new Window("seen", situation.now(), 1, null));
        return progress == null ? watched : commits(watched, situation, progress, histories);
    }

    private static Windows slot(Windows windows, Situation situation) {
        if (situation.server() == null) {
            return windows;
        }
        Instant now = situation.now();
        SlotFacts slot = situation.slot();
        Lsn wal = situation.server().sourceLsn();
        // One that is lost can't be read, and the one that replaces it begins anew.
        boolean inactive = slot != null && !slot.active() && !slot.lost();
        return windows.stands(Kind.INACTIVE, inactive ? "inactive" : null, now, wal)
                .stands(Kind.READ, slot == null ? null : slot.activePid(), now, wal)
                .stands(Kind.PROCESSED, slot == null ? null : slot.processedLsn(), now, wal)
                .stands(Kind.RESTART, slot == null ? null : slot.restartLsn(), now, wal);
    }

    /** A frontier that moves is no standstill, however far it trails. */
    private static Windows positions(Windows windows, Situation situation) {
        SlotFacts slot = situation.slot();
        if (situation.server() == null) {
            return windows;
        }
        if (slot == null || slot.sentLsn() == null) {
            return windows.ends(Kind.SENT_BEYOND);
        }
        Lsn published = frontier(situation, slot);
        return published == null
                ? windows
                : windows.stands(
                        Kind.SENT_BEYOND,
                        slot.sentLsn().compareTo(published) > 0 ? published : null,
                        situation.now(),
                        situation.server().sourceLsn());
    }

    private static Lsn frontier(Situation situation, SlotFacts slot) {
        if (situation.thresholds().positions()) {
            return situation.position().published();
        }
        Lsn stored = situation.source().storedCommit();
        return stored == null ? slot.processedLsn() : stored;
    }

    /** A connector that Connect does not say to run, in one state. */
    private static Windows connector(Windows windows, Situation situation) {
        ConnectorFacts connector = situation.sourceConnector();
        boolean told = connector != null && connector.state() != null;
        return windows.stands(
                Kind.NOT_RUNNING,
                told && !connector.is(ConnectorFacts.State.RUNNING) ? connector.state() : null,
                situation.now(),
                null);
    }

    private static Windows topics(Windows windows, Situation situation) {
        TopicsObservation topics = situation.topics();
        if (topics == null || topics.unread()) {
            return windows;
        }
        Map<PartitionId, Long> filled = new HashMap<>(topics.ends());
        filled.values().removeIf(end -> end == 0); // an empty partition that is new is no movement
        Windows watched = windows.stands(Kind.ENDS, hash(filled), situation.now(), null);
        return topics.heartbeatEnd() == null ? watched : heartbeat(watched, topics.heartbeatEnd(), situation.now());
    }

    private static Windows heartbeat(Windows windows, long end, Instant now) {
        Window before = windows.of(Kind.HEARTBEAT);
        Windows watched = windows.stands(Kind.HEARTBEAT, end, now, null);
        boolean came = before != null && !before.token().equals(Long.toString(end));
        return came
                ? watched.stands(
                        Kind.HEARTBEAT_GAP,
                        Duration.between(before.since(), now).toMillis(),
                        now,
                        null)
                : watched;
    }

    private static Windows commits(
            Windows windows,
            Situation situation,
            Collection<PartitionProgress> progress,
            Map<PartitionId, PartitionHistory> histories) {
        Map<PartitionId, Long> committed = new HashMap<>();
        PartitionId longest = null;
        boolean unread = false;
        for (PartitionProgress partition : progress) {
            PartitionId id = partition.offsets().id();
            if (!partition.offsets().committedRead()) {
                unread = true;
                continue;
            }
            if (partition.offsets().committed() != null) {
                committed.put(id, partition.offsets().committed());
            }
            Instant since = histories.get(id).waitingSince();
            if (since != null
                    && (longest == null || since.isBefore(histories.get(longest).waitingSince()))) {
                longest = id;
            }
        }
        Windows watched = unread ? windows : windows.stands(Kind.COMMITS, hash(committed), situation.now(), null);
        if (longest == null) {
            return unread ? watched : watched.ends(Kind.WAITING);
        }
        return watched.with(
                Kind.WAITING,
                new Window(
                        waiting(longest, histories.get(longest).committed()),
                        histories.get(longest).waitingSince(),
                        histories.get(longest).waitingSince().isBefore(situation.now()) ? 2 : 1,
                        null));
    }

    /** What a partition in which data waits is known by. */
    static String waiting(PartitionId id, Long committed) {
        return id + ":" + committed;
    }

    /** The same in every JVM, for it is stored. */
    private static String hash(Map<PartitionId, Long> offsets) {
        long hash = 0;
        for (Map.Entry<PartitionId, Long> entry : new TreeMap<>(offsets).entrySet()) {
            hash = hash * 1_000_003 + entry.getKey().topic().hashCode();
            hash = hash * 1_000_003 + entry.getKey().partition();
            hash = hash * 1_000_003 + entry.getValue();
        }
        return Long.toHexString(hash);
    }
}
