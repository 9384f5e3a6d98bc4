package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

/** What partition records say of a partition's first unconsumed record against the oracle. */
final class PartitionJudgement {
    private final Oracle oracle;
    final List<String> wrong = new ArrayList<>();
    int positions;
    int times;

    PartitionJudgement(Oracle oracle, List<JsonNode> records) {
        this.oracle = oracle;
        records.forEach(this::judge);
    }

    private void judge(JsonNode record) {
        TopicPartition partition = new TopicPartition(
                record.path("topic").asText(), record.path("partition").asInt());
        PublishedChange first =
                oracle.firstFrom(partition, record.path("committed_offset").asLong(0));
        CommittedTransaction transaction = first == null ? null : oracle.transactionOf(first);
        Long bound = Lsns.of(record, "next_lsn");
        Long committedAt = record.hasNonNull("next_commit_at")
                ? record.get("next_commit_at").asLong()
                : null;
        if (bound != null) {
            positions++;
        }
        if (transaction == null) {
            unless(committedAt == null, "next_commit_at without a streamed record", record);
            return;
        }
        unless(
                bound == null || Long.compareUnsigned(bound, transaction.end()) < 0,
                "next_lsn is not below " + Lsns.text(transaction.end()) + " of " + transaction,
                record);
        if (committedAt != null) {
            times++;
            long age = Math.max(0, record.path("observed_at").asLong() - committedAt);
            unless(
                    bound != null && Long.compareUnsigned(bound, oracle.endBefore(transaction)) >= 0,
                    "next_lsn is below the transaction before " + transaction,
                    record);
            unless(
                    Math.abs(committedAt - transaction.commitMicros() / 1000) <= 1,
                    "next_commit_at is not that of " + transaction,
                    record);
            unless(Math.abs(age - record.path("lag_ms").asLong()) <= 1, "lag_ms is not " + age, record);
        }
    }

    private void unless(boolean right, String complaint, JsonNode record) {
        if (!right) {
            wrong.add(complaint + ": " + record);
        }
    }

    @Override
    public String toString() {
        return "of partitions " + positions + " positions, " + times + " times, " + wrong.size() + " wrong";
    }
}
