package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionProgress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkLagTest {
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
        PartitionOffsets offsets = new PartitionOffsets("t", 0, beginning, committed, read, end, false);
        assertThat(SinkLag.byPartition(group, List.of(offsets)).get(0).lagRecords())
                .as(why)
                .isEqualTo(lag);
    }

    @Test
    void offsetsOfTwoLogsGiveNoLagAndNoDataLoss() {
        PartitionOffsets recreated = new PartitionOffsets("t", 0, 7L, 3L, true, 9L, true);
        assertThat(SinkLag.byPartition("connect-a", List.of(recreated)).get(0).lagRecords())
                .isNull();
        assertThat(SinkLag.belowLogStart(recreated)).isFalse();
    }

    @Test
    void isUnknownWhenThePartitionsAre() {
        assertThat(SinkLag.byPartition("connect-a", null)).isNull();
        assertThat(SinkLag.total(null)).isNull();
        assertThat(SinkLag.lagging(null)).isNull();
    }

    private static PartitionProgress partition(Long lag) {
        return new PartitionProgress(new PartitionOffsets("t", 0, 0L, 0L, true, 0L, false), lag);
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
