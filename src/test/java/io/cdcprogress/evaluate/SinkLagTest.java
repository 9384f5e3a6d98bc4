package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import io.cdcprogress.model.PartitionProgress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkLagTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");

    @ParameterizedTest(name = "{0}: {6}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # no | group     | S | O | O read | E | lag | why
            1    | connect-a | 0 | 5 | true   | 9 | 4   | records between committed and end
            2    | connect-a | 0 | 9 | true   | 9 | 0   | drained
            3    | connect-a | 0 | 9 | true   | 7 | 0   | the group moved on after the end was read
            4    | connect-a | 4 | 1 | true   | 9 | 5   | what retention deleted is not left to consume
            5    | connect-a | 0 | - | true   | 9 | 9   | a sink connector starts at the earliest record
            6    | other     | 0 | - | true   | 9 | -   | where another group starts is not known
            7    | other     | 0 | - | true   | 0 | 0   | nothing was ever written
            8    | connect-a | 3 | - | true   | 9 | -   | unknown until a commit
            9    | connect-a | 3 | - | true   | 3 | -   | never drained without a commit
            10   | connect-a | 0 | - | false  | 9 | -   | no answer is not no commit
            11   | connect-a | 0 | 5 | true   | - | -   | no end, no lag
            12   | connect-a | - | - | true   | 9 | -   | the log start is not known
            13   | connect-a | - | 5 | true   | 9 | 4   | a commit needs no log start
            """)
    void countsRecordsOrSaysThatItCannot(
            int row, String group, Long beginning, Long committed, boolean read, Long end, Long lag, String why) {
        PartitionOffsets offsets = new PartitionOffsets("t", 0, beginning, committed, read, end, end, false, false);
        assertThat(SinkLag.byPartition(group, List.of(offsets), Map.of(), null)
                        .get(0)
                        .lagRecords())
                .as(why)
                .isEqualTo(lag);
    }

    @Test
    void offsetsOfTwoLogsGiveNoLagAndNoDataLoss() {
        PartitionOffsets recreated = new PartitionOffsets("t", 0, 7L, 3L, true, 9L, 9L, true, false);
        assertThat(SinkLag.byPartition("connect-a", List.of(recreated), Map.of(), null)
                        .get(0)
                        .lagRecords())
                .isNull();
        assertThat(recreated.belowLogStart()).isFalse();
    }

    private static PartitionProgress lagging(PartitionPosition position) {
        PartitionOffsets offsets = new PartitionOffsets("t", 0, 0L, 5L, true, 9L, 12L, false, false);
        return SinkLag.byPartition("connect-a", List.of(offsets), Map.of(offsets.id(), position), NOW)
                .get(0);
    }

    private static PartitionPosition position(boolean exact, long firstData) {
        return new PartitionPosition(State.LAGGING, new Lsn(7), NOW.minusMillis(1500), exact, firstData, null, null);
    }

    @Test
    void nothingIsLeftBehindTransactionMarkersHoweverManyThereAre() {
        assertThat(lagging(PartitionPosition.DRAINED).lagRecords()).isEqualTo(0);
    }

    @Test
    void dataThatTheSinkCannotReachYetIsNotCounted() {
        assertThat(lagging(position(true, 9)).lagRecords()).isEqualTo(0);
        assertThat(lagging(position(true, 8)).lagRecords()).isEqualTo(4);
    }

    @Test
    void isAsOldAsItsFirstUnconsumedRecordAndOnlyIfThatIsTheOneThatWasRead() {
        assertThat(lagging(position(true, 5)).lagMs()).isEqualTo(1500);
        assertThat(lagging(position(false, 5)).lagMs()).isNull();
        assertThat(lagging(PartitionPosition.DRAINED).lagMs()).isNull();
    }

    @Test
    void isUnknownWhenThePartitionsAre() {
        assertThat(SinkLag.byPartition("connect-a", null, Map.of(), null)).isNull();
        assertThat(SinkLag.total(null)).isNull();
        assertThat(SinkLag.lagging(null)).isNull();
    }

    private static PartitionProgress partition(Long lag) {
        return new PartitionProgress(new PartitionOffsets("t", 0, 0L, 0L, true, 0L, 0L, false, false), lag, null, null);
    }

    @Test
    void sumsWhatIsKnownOfAllPartitions() {
        List<PartitionProgress> partitions = List.of(partition(3L), partition(0L), partition(4L));
        assertThat(SinkLag.total(partitions)).isEqualTo(7);
        assertThat(SinkLag.lagging(partitions)).isEqualTo(2);
    }

    @Test
    void isUnknownAsAWholeWhenAPartIs() {
        List<PartitionProgress> partitions = List.of(partition(3L), partition(null));
        assertThat(SinkLag.total(partitions)).isNull();
        assertThat(SinkLag.lagging(partitions)).isNull();
    }

    @Test
    void isUnknownWhenTheGroupConsumesNothing() {
        assertThat(SinkLag.total(List.of())).isNull();
        assertThat(SinkLag.lagging(List.of())).isNull();
    }
}
