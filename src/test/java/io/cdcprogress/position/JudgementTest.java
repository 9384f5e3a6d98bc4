package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What is wrong in records made by hand is found. */
class JudgementTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final Oracle ORACLE = new Oracle(
            List.of(
                    new CommittedTransaction(1, 0x100, 5_000_400, Map.of("a", 1)),
                    new CommittedTransaction(2, 0x200, 6_000_700, Map.of("a", 1))),
            List.of(
                    new PublishedChange(A, 0, 1, "one", false, false),
                    new PublishedChange(A, 1, 2, "two", false, false)));

    /** The first transaction is consumed, the second is not; the source is at 0/300. */
    private static ObjectNode truth() {
        return read("""
                {"sequence": 1, "observed_at": 9000, "source_lsn": "0/300", "published_lsn": "0/280", "sink_lsn": "0/1FF",
                "proven_lsn": "0/100", "sink_lsn_grade": "INFERRED", "capture_lag_bytes": 128, "sink_lag_bytes": 129,
                "total_lag_bytes": 257, "oldest_unconsumed_at": 6000, "total_lag_ms": 3000, "total_lag_grade": "EXACT"}
                """);
    }

    private static ObjectNode read(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static Judgement judge(JsonNode record, long committedSoon) {
        JsonNode partition = read("""
                {"sequence": 1, "topic": "a", "partition": 0, "committed_offset": 1, "end_offset": 2}""");
        return judge(record, committedSoon, partition, false);
    }

    private static Judgement judge(JsonNode record, long committedSoon, JsonNode partition, boolean readCommitted) {
        return new Judgement(
                ORACLE, List.of(new Watch.Seen(record, Map.of(A, committedSoon))), List.of(partition), readCommitted);
    }

    private static Judgement judge(JsonNode record) {
        return judge(record, 1);
    }

    private static List<String> violations(JsonNode... records) {
        return RecordRules.violations(List.of(records));
    }

    @Test
    void nothingIsFoundInTheTruth() {
        Judgement judgement = judge(truth());
        assertThat(judgement.violations).isEmpty();
        assertThat(judgement.falseProven).isEmpty();
        assertThat(judgement.falseInferred).isEmpty();
        assertThat(judgement.wrongTimes).isEmpty();
        assertThat(judgement.exactTimes).isEqualTo(1);
    }

    @Test
    void aClaimThatIsOneTransactionTooHighIsFound() {
        assertThat(judge(truth().put("sink_lsn", "0/200")).falseInferred)
                .singleElement()
                .asString()
                .contains("sink_lsn=0/200", "xid=2");
        assertThat(judge(truth().put("proven_lsn", "0/200")).falseProven).hasSize(1);
    }

    @Test
    void aClaimIsJudgedByItsOwnObservationToo() {
        assertThat(judge(truth().put("sink_lsn", "0/200"), 2).falseInferred)
                .as("consumed soon after, not then")
                .hasSize(1);
    }

    @Test
    void aTimeThatIsMoreThanAMillisecondOffIsFound() {
        assertThat(judge(truth().put("oldest_unconsumed_at", 6001).put("total_lag_ms", 2999)).wrongTimes)
                .isEmpty();
        assertThat(judge(truth().put("oldest_unconsumed_at", 6002).put("total_lag_ms", 2998)).wrongTimes)
                .hasSize(1);
        assertThat(judge(truth().put("total_lag_ms", 2900)).wrongTimes).hasSize(1);
        ObjectNode none = truth().put("total_lag_ms", 0);
        none.putNull("oldest_unconsumed_at");
        assertThat(judge(none).wrongTimes).hasSize(1);
    }

    @Test
    void beyondTheLastStableOffsetARecordIsUnconsumedForWhoReadsCommittedToo() {
        JsonNode open = read("""
                {"sequence": 1, "topic": "a", "partition": 0, "committed_offset": 1, "end_offset": 1}""");
        assertThat(judge(truth(), 1, open, true).wrongTimes).isEmpty();
        assertThat(judge(truth(), 1, open, false).wrongTimes).hasSize(1);
        assertThat(judge(truth().put("oldest_unconsumed_at", 5000).put("total_lag_ms", 4000), 1, open, true).wrongTimes)
                .as("consumed")
                .hasSize(1);
    }

    @Test
    void aPartitionsPositionAndTimeAreJudged() {
        assertThat(ofPartition("0/1FF", 6000L, 3000L)).isEmpty();
        assertThat(ofPartition("0/100", 6001L, 2999L)).isEmpty();
        assertThat(ofPartition("0/200", 6000L, 3000L))
                .as("one transaction too high")
                .hasSize(1);
        assertThat(ofPartition("0/FF", 6000L, 3000L)).as("one too low").hasSize(1);
        assertThat(ofPartition("0/100", 6002L, 2998L)).as("time").hasSize(1);
        assertThat(ofPartition("0/100", 6000L, 2998L)).as("age").hasSize(1);
        assertThat(ofPartition(null, 6000L, 3000L)).as("no position").hasSize(1);
    }

    private static List<String> ofPartition(String lsn, Long at, Long ms) {
        ObjectNode partition = read("""
                {"sequence": 1, "observed_at": 9000, "topic": "a", "partition": 0, "committed_offset": 1, "end_offset": 2,
                "lag_records": 1}""");
        partition.put("next_lsn", lsn).put("next_commit_at", at).put("lag_ms", ms);
        return judge(truth(), 1, partition, false).ofPartitions.wrong;
    }

    @Test
    void halvesThatAreNotTheWholeAreFound() {
        assertThat(violations(truth().put("total_lag_bytes", 258))).hasSize(2);
        assertThat(violations(truth().put("capture_lag_bytes", -1))).isNotEmpty();
    }

    @Test
    void positionsOutOfOrderAreFound() {
        assertThat(violations(truth().put("proven_lsn", "0/2FF"))).anyMatch(v -> v.startsWith("proven_lsn is above"));
        assertThat(violations(truth().put("published_lsn", "0/301"))).anyMatch(v -> v.startsWith("published_lsn is"));
        assertThat(violations(truth().put("sink_lsn_grade", "UNKNOWN"))).anyMatch(v -> v.startsWith("grade and"));
    }

    @Test
    void gapsAndAProvenPositionThatGoesBackAreFound() {
        assertThat(violations(truth(), truth().put("sequence", 3))).hasSize(1);
        ObjectNode unknown = truth().put("sequence", 2);
        unknown.putNull("proven_lsn");
        assertThat(violations(truth(), unknown, truth().put("sequence", 3).put("proven_lsn", "0/FF")))
                .singleElement()
                .asString()
                .startsWith("proven_lsn went back");
    }
}
