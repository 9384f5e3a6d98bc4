package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Counter.Sample;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.TopicFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The paces of the last minute, and when things end at them. Pure; what the data does not carry is null. */
final class Forecast {
    /** Two paces that differ by less than this part of the larger one are the same. */
    private static final double NOISE = 0.05;

    /** A log start is read every 10 s and moves by segments: its pace is no finer than this part of it. */
    private static final double COARSE = 0.25;

    /** A slot that is read is watched once it holds a fourth of what it may, a third of what is left. */
    private static final int MUCH_OF_THE_LIMIT = 3;

    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private Forecast() {}

    /** @param progress null if not known */
    static Rates of(Situation situation, List<PartitionProgress> progress, Lag lag, History history) {
        Double wal = situation.server() == null ? null : history.wal().perSecond();
        // A commit that was not read counts as none, until it is.
        boolean observed = progress != null
                && progress.stream().allMatch(partition -> partition.offsets().committedRead());
        Double consumed = observed ? consumed(situation, lag, history) : null;
        return new Rates(
                wal,
                consumed,
                catchUp(lag, consumed, observed ? history.produced().perSecond() : null),
                slotLoss(situation, lag, wal, history),
                progress == null ? null : retentionLoss(situation, progress, history));
    }

    private static Double consumed(Situation situation, Lag lag, History history) {
        boolean drained = Long.valueOf(0).equals(lag.records());
        return drained ? history.consumed().perSecond() : history.consumed().perSecond(commitPatience(situation));
    }

    /** Half an interval more than a sink that commits once an interval needs. */
    private static Duration commitPatience(Situation situation) {
        return situation.thresholds().flushInterval().multipliedBy(3).dividedBy(2);
    }

    private static Long catchUp(Lag lag, Double consumed, Double produced) {
        if (lag.records() == null) {
            return null;
        }
        if (lag.records() == 0) {
            return 0L;
        }
        return consumed == null || produced == null ? null : seconds(lag.records(), consumed, produced);
    }

    /** Until a distance is gone; null where it does not shrink. */
    private static Long seconds(double distance, double faster, double slower) {
        double pace = faster - slower;
        return pace <= faster * NOISE ? null : (Long) Math.round(Math.ceil(distance / pace));
    }

    private static Long slotLoss(Situation situation, Lag lag, Double wal, History history) {
        SlotFacts slot = situation.slot();
        if (slot == null || slot.safeWalBytes() == null) {
            return null;
        }
        if (slot.safeWalBytes() <= 0) {
            return 0L;
        }
        // One that is read and holds little has just moved on, whatever it did in the minute before.
        boolean far = lag.retainedBytes() == null || lag.retainedBytes() < slot.safeWalBytes() / MUCH_OF_THE_LIMIT;
        if (slot.active() && far) {
            return null;
        }
        // Nobody can move a slot that nobody reads.
        Double restart = !slot.active()
                ? (Double) 0.0
                : history.restart().perSecond(TransactionRules.RUNNING_TRANSACTIONS.plus(commitPatience(situation)));
        return wal == null || restart == null ? null : seconds(slot.safeWalBytes(), wal, restart);
    }

    private static Long retentionLoss(Situation situation, List<PartitionProgress> progress, History history) {
        return progress.stream()
                .filter(partition -> partition.lagRecords() != null && partition.lagRecords() > 0)
                .flatMap(partition ->
                        Stream.of(byAge(situation, partition, history), bySize(situation, partition, history)))
                .filter(Objects::nonNull)
                .min(Long::compare)
                .orElse(null);
    }

    /** From the retention time, where the first unconsumed record grows older in Kafka than the sink's commits explain. */
    private static Long byAge(Situation situation, PartitionProgress partition, History history) {
        TopicFacts topic = situation.topic(partition.offsets().topic());
        PartitionHistory seen = history.partitions().get(partition.offsets().id());
        Instant arrived = arrived(partition);
        if (topic == null
                || topic.retention() == null
                || arrived == null
                || seen == null
                || !late(situation, arrived)) {
            return null;
        }
        Duration age = Duration.between(arrived, situation.now());
        if (unsettled(situation, seen)) {
            return null;
        }
        Double pace = stands(situation, seen) ? (Double) 0.0 : pace(situation, arrived, seen);
        double left = Math.max(0, topic.retention().minus(age).toMillis());
        return pace == null ? null : seconds(left / 1000, 1, pace);
    }

    /** When the first unconsumed record came into Kafka; null if not known. */
    private static Instant arrived(PartitionProgress partition) {
        return partition.position() == null ? null : partition.position().arrivedAt();
    }

    /** Whether it is older than the sink's commits explain. */
    private static boolean late(Situation situation, Instant arrived) {
        return Duration.between(arrived, situation.now()).compareTo(commitPatience(situation)) > 0;
    }

    /** Longer than a sink that commits once an interval does: what it did before says nothing of it any more. */
    private static boolean stands(Situation situation, PartitionHistory seen) {
        Duration patience = commitPatience(situation);
        return standing(situation, seen).compareTo(patience.compareTo(SHORTEST) > 0 ? patience : SHORTEST) > 0;
    }

    /** Longer than it does when it moves, and not for long enough to say that it stands: what it did before misleads. */
    private static boolean unsettled(Situation situation, PartitionHistory seen) {
        return standing(situation, seen).compareTo(commitPatience(situation)) > 0 && !stands(situation, seen);
    }

    private static Duration standing(Situation situation, PartitionHistory seen) {
        return seen.waitingSince() == null ? Duration.ZERO : Duration.between(seen.waitingSince(), situation.now());
    }

    /** How far the sink goes on in the topic's time, in the same of time; null if it was not seen for long enough. */
    private static Double pace(Situation situation, Instant arrived, PartitionHistory seen) {
        if (seen.base() == null || seen.base().headArrivedAt() == null) {
            return null;
        }
        double span = Duration.between(seen.base().at(), situation.now()).toMillis();
        double ahead = Duration.between(seen.base().headArrivedAt(), arrived).toMillis();
        return span < SHORTEST.toMillis() ? null : (Double) Math.max(0, ahead / span);
    }

    /** From the log start's own movement, as retention by size moves it: from jump to jump. */
    private static Long bySize(Situation situation, PartitionProgress partition, History history) {
        PartitionHistory seen = history.partitions().get(partition.offsets().id());
        Long committed = partition.offsets().committed();
        boolean told = seen != null
                && committed != null
                && seen.logStarts().size() > 2
                && seen.base() != null
                && seen.base().committed() != null;
        if (!told || (arrived(partition) != null && !late(situation, arrived(partition)))) {
            return null;
        }
        List<Sample> starts = seen.logStarts();
        Sample first = starts.get(1);
        Sample last = starts.get(starts.size() - 1);
        double jumps = Duration.between(first.at(), last.at()).toMillis();
        double rests = Duration.between(last.at(), situation.now()).toMillis();
        double span = Duration.between(seen.base().at(), situation.now()).toMillis();
        if (jumps < SHORTEST.toMillis() || rests > 2 * jumps || span < SHORTEST.toMillis()) {
            return null;
        }
        double deleted = (last.value() - first.value()) * 1000.0 / jumps;
        if (unsettled(situation, seen)) {
            return null;
        }
        double moved = (committed - seen.base().committed()) * 1000.0 / span;
        double consumed = stands(situation, seen) ? 0 : Math.max(0, moved);
        double distance = Math.max(0, committed - last.value());
        return consumed > deleted * (1 - COARSE) ? null : seconds(distance, deleted, consumed);
    }
}
