package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** The oracle itself, on histories made by hand. */
class OracleTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);
    /** The second transaction began first, so its records have a lower LSN; only the commits' ends count. */
    private static final List<CommittedTransaction> TRANSACTIONS = List.of(
            new CommittedTransaction(12, 200, 2_000_000, Map.of("a", 1, "b", 1)),
            new CommittedTransaction(11, 300, 3_000_000, Map.of("a", 2)),
            new CommittedTransaction(13, 400, 4_000_000, Map.of("b", 1)));

    private final Oracle oracle = new Oracle(
            TRANSACTIONS,
            List.of(
                    change(A, 0, 12),
                    change(B, 0, 12),
                    change(A, 1, 11),
                    tombstone(A, 2, 11),
                    change(A, 3, 11),
                    change(B, 1, 13)));

    private static PublishedChange change(TopicPartition partition, long offset, long xid) {
        return new PublishedChange(partition, offset, xid, "change " + offset, false, false);
    }

    private static PublishedChange tombstone(TopicPartition partition, long offset, long xid) {
        return new PublishedChange(partition, offset, xid, "tombstone " + offset, false, true);
    }

    @Test
    void aClaimIsFalseFromTheEndOfTheFirstTransactionThatIsNotWhollyConsumed() {
        Map<TopicPartition, Long> committed = Map.of(A, 3L, B, 2L);
        assertThat(oracle.holds(200, committed)).isTrue();
        assertThat(oracle.holds(299, committed)).isTrue();
        assertThat(oracle.holds(300, committed)).as("one transaction too high").isFalse();
        assertThat(oracle.holds(400, committed)).isFalse();
    }

    @Test
    void aPartitionWithoutACommitIsNotConsumed() {
        assertThat(oracle.holds(199, Map.of(A, 4L))).isTrue();
        assertThat(oracle.holds(200, Map.of(A, 4L))).isFalse();
    }

    @Test
    void everyClaimHoldsOnceAllIsConsumed() {
        assertThat(oracle.holds(Long.MAX_VALUE, Map.of(A, 4L, B, 2L))).isTrue();
    }

    @Test
    void aTransactionThatIsNotInKafkaIsNotConsumed() {
        Oracle lost = new Oracle(TRANSACTIONS, List.of(change(A, 0, 12), change(B, 0, 12), change(B, 1, 13)));
        assertThat(lost.holds(300, Map.of(A, 1L, B, 2L))).isFalse();
        assertThat(lost.doubts()).singleElement().asString().contains("xid=11", "has 0 records");
    }

    @Test
    void aReplayOfAChangeIsNotANewOne() {
        Oracle replayed = new Oracle(
                TRANSACTIONS.subList(0, 1),
                List.of(change(A, 0, 12), change(B, 0, 12), new PublishedChange(A, 1, 12, "change 0", false, false)));
        assertThat(replayed.doubts()).isEmpty();
        assertThat(replayed.holds(200, Map.of(A, 1L, B, 1L))).isTrue();
    }

    @Test
    void noClaimHoldsBeforeTheSnapshotIsConsumed() {
        Oracle snapshot = new Oracle(List.of(), List.of(new PublishedChange(A, 5, 1, "row", true, false)));
        assertThat(snapshot.holds(0, Map.of(A, 5L))).isFalse();
        assertThat(snapshot.holds(0, Map.of(A, 6L))).isTrue();
    }

    @Test
    void theOldestUnconsumedChangeIsOneThatIsPublished() {
        assertThat(oracle.unconsumedSince(Map.of(A, 1L, B, 1L), Map.of(A, 4L, B, 2L)))
                .containsExactlyInAnyOrder(3_000_000L, 4_000_000L);
        assertThat(oracle.unconsumedSince(Map.of(A, 1L, B, 1L), Map.of(A, 1L, B, 2L)))
                .containsExactly(4_000_000L);
        assertThat(oracle.unconsumedSince(Map.of(A, 4L, B, 2L), Map.of(A, 4L, B, 2L)))
                .isEmpty();
    }
}
