package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import io.cdcprogress.model.SinkPosition.AgeGrade;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LagAgeTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:01:00Z");
    private static final Failure WHY = new Failure(Finding.POSITION_UNKNOWN, "not told");

    /** {@code 20@5} lags at bound 20, committed 5 s ago; {@code ~20@5} by an earlier record; {@code 20} without a time. */
    private static PartitionPosition position(String text) {
        if (text.equals("d")) {
            return PartitionPosition.DRAINED;
        }
        if (text.equals("h")) {
            return PartitionPosition.held(new Lsn(20), WHY);
        }
        boolean exact = !text.startsWith("~");
        String[] parts = (exact ? text : text.substring(1)).split("@", -1);
        return new PartitionPosition(
                State.LAGGING,
                new Lsn(Long.parseLong(parts[0])),
                parts.length == 1 ? null : NOW.minusSeconds(Long.parseLong(parts[1])),
                exact,
                0L,
                null,
                null);
    }

    @ParameterizedTest(name = "{0}: {6}")
    @CsvSource(delimiter = '|', nullValues = "?", textBlock = """
            # no | partitions | W  | passed | seconds | grade   | why
            1    | 20@5 30@4  | 20 | 9      | 5       | EXACT   | the oldest first unconsumed record
            2    | 20@5 30@7  | 20 | 9      | 7       | EXACT   | the oldest, not the lowest bound
            3    | 10@9 30@4  | 20 | ?      | 9       | AT_MOST | below W it is a replay
            4    | 10@9 30@4  | 20 | 6      | 6       | AT_MOST | and then not older than what lies beyond W
            5    | ~20@5      | 20 | 9      | 5       | AT_MOST | another record stands in for the unconsumed one
            6    | 20 30@4    | 20 | 9      | 9       | AT_MOST | one without a commit time may be the oldest
            7    | h 30@4     | 20 | 9      | 9       | AT_MOST | so may one that was not read
            8    | h 30@4     | 20 | ?      | ?       | UNKNOWN | and then nothing limits it
            9    | d d        | 50 | 9      | 0       | EXACT   | all is consumed: W is the source LSN, 50
            10   | d d        | 40 | 9      | 9       | AT_MOST | what lies between may be nothing captured
            11   | d d        | 40 | ?      | ?       | UNKNOWN | the samples do not reach back that far
            12   | d d        | ?  | ?      | ?       | UNKNOWN | no position
            13   | 20@-3      | 20 | 9      | 0       | EXACT   | committed after the database was asked
            """)
    void isOfTheOldestUnconsumedChange(
            int row, String partitions, Long w, Long passed, Long seconds, AgeGrade grade, String why) {
        List<PartitionPosition> positions = new ArrayList<>();
        for (String partition : partitions.split(" ", -1)) {
            positions.add(position(partition));
        }

        LagAge age = LagAge.of(
                NOW,
                positions,
                w == null ? null : new Lsn(w),
                new Lsn(50),
                passed == null ? null : NOW.minusSeconds(passed));

        assertThat(age.millis()).as(why).isEqualTo(seconds == null ? null : seconds * 1_000);
        assertThat(age.grade()).as(why).isEqualTo(grade);
        boolean dated = grade == AgeGrade.EXACT && !partitions.startsWith("d");
        assertThat(age.since() != null).as(why).isEqualTo(dated);
    }
}
