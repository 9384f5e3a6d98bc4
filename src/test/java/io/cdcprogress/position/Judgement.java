package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.TopicPartition;

/** All records of one pipeline and sink group against the oracle. */
final class Judgement {
    /** As the records spell it. */
    enum Grade {
        PROVEN,
        INFERRED,
        UNKNOWN
    }

    private final Oracle oracle;
    private final PartitionStates partitions;
    final Map<Grade, Integer> records = new EnumMap<>(Grade.class);
    final List<String> falseProven = new ArrayList<>();
    final List<String> falseInferred = new ArrayList<>();
    final List<String> wrongTimes = new ArrayList<>();
    final List<String> violations;
    final PartitionJudgement ofPartitions;
    int exactTimes;
    int claimsOfSomething;
    private final boolean readCommitted;
    private final List<JsonNode> values;

    /** @param readCommitted whether the sink is said to read committed records only, which {@code end_offset} then follows */
    Judgement(Oracle oracle, List<Watch.Seen> seen, List<JsonNode> partitionRecords, boolean readCommitted) {
        this.oracle = oracle;
        this.readCommitted = readCommitted;
        this.ofPartitions = new PartitionJudgement(oracle, partitionRecords);
        this.partitions = new PartitionStates(partitionRecords);
        this.values = seen.stream().map(Watch.Seen::value).toList();
        this.violations = RecordRules.violations(values);
        seen.forEach(this::judge);
    }

    /** @param since of records from then on, in milliseconds since 1970 */
    Staleness staleness(long since, Duration most) {
        List<JsonNode> later = values.stream()
                .filter(value -> value.path("observed_at").asLong() >= since)
                .toList();
        return new Staleness(oracle, later, partitions, most);
    }

    private void judge(Watch.Seen seen) {
        JsonNode value = seen.value();
        records.merge(Grade.valueOf(seen.grade()), 1, Integer::sum);
        claim(falseProven, seen, "proven_lsn");
        claim(falseInferred, seen, "sink_lsn");
        if (value.path("total_lag_grade").asText().equals("EXACT")) {
            exactTimes++;
            time(value);
        }
    }

    /** By what the group had committed when the record was read, and by what the record's own observation says it had. */
    private void claim(List<String> complaints, Watch.Seen seen, String field) {
        Long claimed = Lsns.of(seen.value(), field);
        if (claimed == null) {
            return;
        }
        claimsOfSomething++;
        Map<TopicPartition, Long> then =
                partitions.committed(seen.value().path("sequence").asLong());
        for (Map<TopicPartition, Long> committed : List.of(seen.committed(), then)) {
            if (!oracle.holds(claimed, committed)) {
                complaints.add("%s=%s, but unconsumed is %s with %s committed: %s"
                        .formatted(
                                field,
                                Lsns.text(claimed),
                                oracle.firstUnconsumed(committed)
                                        .map(t -> Lsns.text(t.end()) + " " + t)
                                        .orElse("the snapshot"),
                                committed,
                                seen.value()));
                return;
            }
        }
    }

    private void time(JsonNode value) {
        long sequence = value.path("sequence").asLong();
        Map<TopicPartition, Long> committed = partitions.committed(sequence);
        List<Long> since = oracle.unconsumedSince(committed, partitions.ends(sequence));
        Long actual = value.hasNonNull("oldest_unconsumed_at")
                ? value.get("oldest_unconsumed_at").asLong()
                : null;
        Long expected = since.isEmpty() ? null : Collections.min(since) / 1000;
        if (!near(expected, actual) && !(readCommitted && ofOpenTransaction(expected, actual, committed))) {
            wrongTimes.add("oldest_unconsumed_at is " + actual + " and not " + expected + ": " + value);
        }
        long age = actual == null ? 0 : Math.max(0, value.path("observed_at").asLong() - actual);
        if (Math.abs(age - value.path("total_lag_ms").asLong()) > 1) {
            wrongTimes.add("total_lag_ms is not " + age + ": " + value);
        }
    }

    /** Where transactions are still open in Kafka, records beyond the end that the sink sees are unconsumed as well. */
    private boolean ofOpenTransaction(Long closed, Long actual, Map<TopicPartition, Long> committed) {
        return actual != null
                && (closed == null || actual < closed)
                && oracle.unconsumedSince(committed).stream().anyMatch(micros -> near(micros / 1000, actual));
    }

    /** Both are cut off to milliseconds. */
    private static boolean near(Long expected, Long actual) {
        if (expected == null || actual == null) {
            return Objects.equals(expected, actual);
        }
        return Math.abs(expected - actual) <= 1;
    }

    @Override
    public String toString() {
        return records + ", false proven " + falseProven.size() + ", false inferred " + falseInferred.size()
                + ", exact times " + exactTimes + ", wrong " + wrongTimes.size() + ", violations "
                + violations.size() + ", " + ofPartitions;
    }
}
