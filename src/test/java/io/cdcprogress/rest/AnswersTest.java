package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.model.Lsn;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is added to the records: ages, staleness, the worst health. */
class AnswersTest {
    private static ProgressTable.Entry sink(String name, long millis, Map<String, Object> given) {
        return new ProgressTable.Entry(Records.received(Records.progress("shop", name, given), millis), new History());
    }

    private static JsonNode lag(long now, ProgressTable.Entry... sinks) {
        return Answers.lag(List.of(sinks), Records.now(now));
    }

    @Test
    void aPipelineHasItsNewestRecordsSlotAndTheWorstHealthOfItsSinks() {
        JsonNode json = lag(
                200,
                sink("a", 100, Map.of("source_lsn", "0/2", "lag_bytes", 2, "health", "UNKNOWN")),
                sink("b", 90, Map.of("source_lsn", "0/1", "lag_bytes", 1, "health", "STALLED")),
                sink("c", 80, Map.of("health", "OK")));
        assertThat(json.path("source_lsn").asText()).isEqualTo("0/2");
        assertThat(json.path("lag_bytes").longValue()).isEqualTo(2);
        assertThat(json.path("age_ms").longValue()).isEqualTo(100);
        assertThat(json.path("health").asText()).isEqualTo("STALLED");
        assertThat(json.at("/sinks/1/source_lsn").asText()).isEqualTo("0/1");
    }

    @Test
    void aHealthThatIsNotKnownIsWorseThanOneThatIsGood() {
        assertThat(lag(0, sink("a", 0, Map.of("health", "NEW")), sink("b", 0, Map.of("health", "AT_RISK")))
                        .path("health")
                        .asText())
                .isEqualTo("UNKNOWN");
    }

    @Test
    void whatWasIsNoVerdict() {
        ProgressTable.Entry removed = sink("a", 0, Map.of("health", "LOST"));
        assertThat(lag(30_001, removed, sink("b", 1, Map.of("health", "OK")))
                        .path("health")
                        .asText())
                .isEqualTo("OK");
        assertThat(lag(90_000, sink("a", 0, Map.of("health", "OK")))
                        .path("health")
                        .asText())
                .isEqualTo("UNKNOWN");
    }

    @Test
    void eachSinkIsStaleByItself() {
        JsonNode json = lag(30_001, sink("a", 0, Map.of()), sink("b", 1, Map.of()));
        assertThat(json.path("stale").booleanValue()).isFalse();
        assertThat(json.at("/sinks/0/stale").booleanValue()).isTrue();
        assertThat(json.at("/sinks/1/stale").booleanValue()).isFalse();
        assertThat(json.at("/sinks/1/age_ms").longValue()).isEqualTo(30_000);
    }

    /** A database's clock that is an hour behind, or ahead, makes no record stale. */
    @Test
    void theAgeIsNotByTheDatabasesClock() {
        Received behind = new Received(Records.progress("shop", "a", Map.of("observed_at", 0)), 3_600_000, 0);
        assertThat(behind.ageMs(new Now(3_600_500, 0))).isEqualTo(500);
    }

    @Test
    void theAgeIsNoLessThanTheTimeSinceItArrived() {
        Received ahead = new Received(Records.progress("shop", "a", Map.of()), 10_000, 5_000_000);
        assertThat(ahead.ageMs(new Now(4_000, 5_000_000))).isZero();
        assertThat(ahead.ageMs(new Now(9_000, 40_005_000_000L))).isEqualTo(40_000);
    }

    @Test
    void aPartitionIsAsStaleAsItsSink() {
        Received sink = Records.progress(100_000, Map.of());
        Received partition = Records.received(Records.partition("sink", "x", 0, Map.of("lag_records", 3)), 50_000);
        JsonNode json = Answers.partitions(sink, List.of(partition), Records.now(120_000))
                .at("/partitions/0");
        assertThat(json.path("stale").booleanValue()).isFalse();
        assertThat(json.path("age_ms").longValue()).isEqualTo(70_000);
        assertThat(json.path("lag_records").longValue()).isEqualTo(3);
        assertThat(json.has("pipeline")).isFalse();
    }

    @Test
    void whetherItIsReachedIsWhatTheRecordInTheAnswerSays() {
        Question question = new Question(new SinkId("shop", "sink"), Lsn.parse("0/10"), false, 0);
        Received before = Records.progress(1_000, Map.of("proven_lsn", "0/F"));
        Received passed = Records.progress(1_000, Map.of("proven_lsn", "0/10"));
        assertThat(reached(question, before, 2_500)).isEqualTo("false, stale false, after 2000");
        assertThat(reached(question, passed, 2_500)).isEqualTo("true, stale false, after 2000");
        assertThat(reached(question, passed, 31_001)).isEqualTo("false, stale true, after 30501");
    }

    private static String reached(Question question, Received record, long now) {
        JsonNode json = Answers.reached(question, record, Records.now(500), Records.now(now));
        return json.path("reached") + ", stale " + json.path("stale") + ", after " + json.path("waited_ms");
    }

    @Test
    void theHistoryEndsAnHourAgoByTheRecordsOwnClock() {
        History history = new History();
        history.add(Records.progress(0, Map.of()));
        history.add(Records.progress(1_000_000, Map.of()));
        Received latest =
                new Received(Records.progress("shop", "sink", Map.of("observed_at", 1_000_000)), 9_000_000, 0);
        JsonNode json = Answers.history(new ProgressTable.Entry(latest, history), new Now(9_000_000 + 2_600_001, 0));
        assertThat(json.path("observed_at").toString()).isEqualTo("[1000000]");
    }
}
