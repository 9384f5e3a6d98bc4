package io.cdcprogress.position;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import org.apache.kafka.common.TopicPartition;

/**
 * What is true, by the plainest rule: a record is consumed when its offset is below the committed one, and a transaction
 * when all its records are. It is asked after the run, when every record has been published.
 */
final class Oracle {
    private final List<CommittedTransaction> transactions;
    private final Map<Long, Map<TopicPartition, Long>> lastOffsets = new HashMap<>();
    private final Map<TopicPartition, List<PublishedChange>> byPartition = new HashMap<>();
    private final Map<TopicPartition, TreeMap<Long, PublishedChange>> byOffset = new HashMap<>();
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
                    byOffset.computeIfAbsent(change.partition(), p -> new TreeMap<>())
                            .put(change.offset(), change);
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

    /** Where the transaction that committed before this one ended; 0 if there is none. */
    long endBefore(CommittedTransaction transaction) {
        int index = transactions.indexOf(transaction);
        return index <= 0 ? 0 : transactions.get(index - 1).end();
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

    /** How many transactions are consumed before the first that is not. */
    int consumed(Map<TopicPartition, Long> committed) {
        return firstUnconsumed(committed).map(transactions::indexOf).orElse(size());
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

    /** The first record from an offset on, a replayed one too; null if there is none. */
    PublishedChange firstFrom(TopicPartition partition, long offset) {
        var first = byOffset.getOrDefault(partition, new TreeMap<>()).ceilingEntry(offset);
        return first == null ? null : first.getValue();
    }

    /** Null where nothing is known of it, as of a snapshot's record. */
    CommittedTransaction transactionOf(PublishedChange change) {
        return byXid.get(change.xid());
    }

    /**
     * Commit times in microseconds of the transactions that have the first unconsumed record of a partition, of those that were
     * published by then: below {@code ends}.
     */
    List<Long> unconsumedSince(Map<TopicPartition, Long> committed, Map<TopicPartition, Long> ends) {
        return unconsumedSince(committed, partition -> ends.getOrDefault(partition, 0L));
    }

    /** The same of everything that was ever published. */
    List<Long> unconsumedSince(Map<TopicPartition, Long> committed) {
        return unconsumedSince(committed, partition -> Long.MAX_VALUE);
    }

    private List<Long> unconsumedSince(Map<TopicPartition, Long> committed, ToLongFunction<TopicPartition> end) {
        List<Long> times = new ArrayList<>();
        byPartition.forEach((partition, changes) -> changes.stream()
                .filter(c ->
                        c.offset() >= committed.getOrDefault(partition, 0L) && c.offset() < end.applyAsLong(partition))
                .findFirst()
                .map(c -> byXid.get(c.xid()))
                .ifPresent(t -> times.add(t.commitMicros())));
        return times;
    }
}
