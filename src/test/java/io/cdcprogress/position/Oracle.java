package io.cdcprogress.position;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;

/**
 * What is true, by the plainest rule: a record is consumed when its offset is below the committed one, and a transaction
 * when all its records are. It is asked after the run, when every record has been published.
 */
final class Oracle {
    private final List<CommittedTransaction> transactions;
    private final Map<Long, Map<TopicPartition, Long>> lastOffsets = new HashMap<>();
    private final Map<TopicPartition, List<PublishedChange>> byPartition = new HashMap<>();
    private final Map<TopicPartition, Long> snapshotEnds = new HashMap<>();
    private final Map<Long, CommittedTransaction> byXid = new HashMap<>();
    private final Map<Long, Integer> published = new HashMap<>();

    Oracle(List<CommittedTransaction> transactions, List<PublishedChange> changes) {
        this.transactions = transactions.stream()
                .sorted((a, b) -> Long.compareUnsigned(a.end(), b.end()))
                .toList();
        transactions.forEach(t -> byXid.put(t.xid(), t));
        Set<String> seen = new HashSet<>();
        changes.stream()
                .sorted(Comparator.comparingLong(PublishedChange::offset))
                .forEach(change -> {
                    if (change.snapshot()) {
                        snapshotEnds.merge(change.partition(), change.offset() + 1, Math::max);
                    } else if (seen.add(change.partition() + " " + change.identity())) { // a replay changes nothing
                        lastOffsets
                                .computeIfAbsent(change.xid(), x -> new HashMap<>())
                                .merge(change.partition(), change.offset(), Math::max);
                        byPartition
                                .computeIfAbsent(change.partition(), p -> new ArrayList<>())
                                .add(change);
                        published.merge(change.xid(), change.tombstone() ? 0 : 1, Integer::sum);
                    }
                });
    }

    /** What makes the oracle itself doubtful; empty when all rows of all transactions were published, and no others. */
    List<String> doubts() {
        List<String> doubts = new ArrayList<>();
        for (CommittedTransaction t : transactions) {
            if (published.getOrDefault(t.xid(), 0) != t.rows()) {
                doubts.add(t + " has " + published.getOrDefault(t.xid(), 0) + " records");
            }
        }
        published.keySet().stream()
                .filter(xid -> !byXid.containsKey(xid))
                .forEach(xid -> doubts.add("no transaction " + xid + ", but records"));
        return doubts;
    }

    /** In the order of their commits. */
    List<CommittedTransaction> transactions() {
        return transactions;
    }

    int size() {
        return transactions.size();
    }

    /** The first transaction in commit order that is not wholly consumed. A partition that is missing has no commit. */
    Optional<CommittedTransaction> firstUnconsumed(Map<TopicPartition, Long> committed) {
        return transactions.stream().filter(t -> !consumed(t, committed)).findFirst();
    }

    private boolean consumed(CommittedTransaction transaction, Map<TopicPartition, Long> committed) {
        Map<TopicPartition, Long> last = lastOffsets.get(transaction.xid());
        return last != null
                && last.entrySet().stream().allMatch(e -> e.getValue() < committed.getOrDefault(e.getKey(), 0L));
    }

    /** Whether everything that committed at or before the position is consumed, the initial snapshot included. */
    boolean holds(long position, Map<TopicPartition, Long> committed) {
        return snapshotConsumed(committed)
                && firstUnconsumed(committed)
                        .map(t -> Long.compareUnsigned(t.end(), position) > 0)
                        .orElse(true);
    }

    boolean snapshotConsumed(Map<TopicPartition, Long> committed) {
        return snapshotEnds.entrySet().stream().allMatch(e -> e.getValue() <= committed.getOrDefault(e.getKey(), 0L));
    }

    /**
     * Commit times in microseconds of the transactions that have the first unconsumed record of a partition, of those that were
     * published by then: below {@code ends}.
     */
    List<Long> unconsumedSince(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        List<Long> times = new ArrayList<>();
        byPartition.forEach((partition, changes) -> changes.stream()
                .filter(c -> c.offset() >= committed.getOrDefault(partition, 0L)
                        && c.offset() < ends.getOrDefault(partition, 0L))
                .findFirst()
                .map(c -> byXid.get(c.xid()))
                .ifPresent(t -> times.add(t.commitMicros())));
        return times;
    }
}
