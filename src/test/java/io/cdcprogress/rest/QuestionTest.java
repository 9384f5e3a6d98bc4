package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is asked of {@code reached}, and which record answers it. */
class QuestionTest {
    private static final SinkId SINK = new SinkId("shop", "sink");

    private static Question asking(String lsn, String grade) {
        return Question.parse(SINK, lsn, grade, null);
    }

    private static boolean answers(Question question, long ageMs, String proven, String sink) {
        Received record = Records.progress(0, Map.of("proven_lsn", proven, "sink_lsn", sink));
        return question.answeredBy(record, Records.now(ageMs));
    }

    @Test
    void onlyAProvenPositionWillDoUnlessAnInferredOneIsAskedFor() {
        assertThat(answers(asking("0/20", null), 0, "0/20", "0/20")).isTrue();
        assertThat(answers(asking("0/20", "PROVEN"), 0, "0/1F", "0/30")).isFalse();
        assertThat(answers(asking("0/20", "INFERRED"), 0, "0/1F", "0/20")).isTrue();
        assertThat(answers(asking("0/20", "INFERRED"), 0, "0/1F", "0/1F")).isFalse();
    }

    @Test
    void positionsCompareAsUnsignedNumbers() {
        assertThat(answers(asking("0/FFFFFFFF", null), 0, "80000000/0", "80000000/0"))
                .isTrue();
        assertThat(answers(asking("80000000/0", null), 0, "7FFFFFFF/FFFFFFFF", "7FFFFFFF/FFFFFFFF"))
                .isFalse();
        assertThat(answers(asking("9/0", null), 0, "10/0", "10/0")).isTrue();
    }

    @Test
    void aStaleRecordProvesNothing() {
        assertThat(answers(asking("0/20", null), 3 * Records.INTERVAL_MS, "0/20", "0/20"))
                .isTrue();
        assertThat(answers(asking("0/20", null), 3 * Records.INTERVAL_MS + 1, "0/20", "0/20"))
                .isFalse();
    }

    @Test
    void anUnknownPositionIsNotPassed() {
        Received record = Records.progress(0, Map.of());
        assertThat(asking("0/0", null).answeredBy(record, Records.now(0))).isFalse();
        assertThat(asking("0/0", "INFERRED").answeredBy(record, Records.now(0))).isFalse();
    }

    @Test
    void whatIsLeftOutHasItsDefault() {
        Question question = asking("0/28abe88", null);
        assertThat(question.lsn()).hasToString("0/28ABE88");
        assertThat(question.grade()).isEqualTo("PROVEN");
        assertThat(question.timeoutMs()).isEqualTo(30_000);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "-,           -,      -,      lsn is missing",
                "28ABE88,     -,      -,      lsn=28ABE88 can't be used",
                "0/123456789, -,      -,      lsn=0/123456789 can't be used",
                "0/1,         proven, -,      grade=proven can't be used",
                "0/1,         -,      -1,     timeout_ms=-1 can't be used",
                "0/1,         -,      300001, timeout_ms=300001 can't be used",
                "0/1,         -,      30s,    timeout_ms=30s can't be used",
            })
    void aWrongParameterIsNamedWithItsValueAndWhatToWrite(String lsn, String grade, String timeout, String message) {
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> Question.parse(SINK, lsn, grade, timeout));
        assertThat(refusal.status()).isEqualTo(400);
        assertThat(refusal).hasMessageStartingWith(message).hasMessageContaining("write ");
    }
}
