package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import io.cdcprogress.model.TopicFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SinkHeadsTest {
    private static final Instant COMMITTED = Instant.parse("2026-01-01T00:00:00Z");
    private static final ReadResult UNREAD =
            new ReadResult.Unread(new Failure(Finding.POSITION_UNKNOWN, "no answer in time"));

    /** By offset: a bound, {@code t} a tombstone, {@code s} a record of the initial snapshot, {@code m} a marker, {@code -} gone. */
    private static NavigableMap<Long, String> log(String text) {
        NavigableMap<Long, String> log = new TreeMap<>();
        long offset = 0;
        for (String record : text.isEmpty() ? new String[0] : text.split(" ")) {
            if (!record.equals("-") && !record.equals("m")) {
                log.put(offset, record);
            }
            offset++;
        }
        return log;
    }

    private static ReadResult.Found found(long offset, String record) {
        ChangePosition position = switch (record) {
            case "t" -> null;
            case "s" -> new ChangePosition(null, null, ChangePosition.Kind.SNAPSHOT);
            default -> new ChangePosition(new Lsn(Long.parseLong(record)), COMMITTED, ChangePosition.Kind.STREAMED);
        };
        return new ReadResult.Found(offset, position, position == null ? "no value" : null, null, false);
    }

    private static void read(SinkHeads heads, NavigableMap<Long, String> log) {
        Map<Point, ReadResult> first = new HashMap<>();
        for (Point point : heads.firstPoints()) {
            Map.Entry<Long, String> record = log.ceilingEntry(point.offset());
            boolean nothing = record == null || record.getKey() >= point.end();
            first.put(point, nothing ? new ReadResult.Nothing() : found(record.getKey(), record.getValue()));
        }
        heads.takeFirst(first);
        Map<Point, ReadResult> earlier = new HashMap<>();
        for (Point point : heads.earlierPoints()) {
            earlier.put(
                    point,
                    log.subMap(point.offset(), true, point.end(), false).descendingMap().entrySet().stream()
                            .filter(record -> !record.getValue().equals("t"))
                            .findFirst()
                            .map(record -> (ReadResult) found(record.getKey(), record.getValue()))
                            .orElse(new ReadResult.Nothing()));
        }
        heads.takeEarlier(earlier);
    }

    private static PartitionOffsets offsets(Long start, Long committed, long end) {
        return new PartitionOffsets("t", 0, start, committed, true, end, end, false, false);
    }

    private static Map<String, TopicFacts> topic(String id, boolean compacted) {
        return Map.of("t", new TopicFacts(id, compacted, true, null));
    }

    private static PartitionPosition only(SinkHeads heads) {
        return heads.positions().values().iterator().next();
    }

    @ParameterizedTest(name = "{0}: {9}")
    @CsvSource(delimiter = '|', nullValues = "?", textBlock = """
            # no | log          | group     | S | O | E | compacted | state   | bound | why
            1    | 10 20 30     | connect-a | 0 | 1 | 3 | false     | LAGGING | 20    | the bound of the first record in [O, E)
            2    | 10 20 30     | connect-a | 0 | 3 | 3 | false     | DRAINED | ?     | O = E
            3    | 10 20 m      | connect-a | 0 | 2 | 3 | false     | DRAINED | ?     | E - O stays 1 behind a marker
            4    | 10 m - - m   | connect-a | 0 | 1 | 5 | false     | DRAINED | ?     | aborted batches are no data
            5    | 10 m 30      | connect-a | 0 | 1 | 3 | false     | LAGGING | 30    | a marker before data is passed over
            6    | 10 t 30      | connect-a | 0 | 1 | 3 | false     | LAGGING | 10    | back from a tombstone, never forward
            7    | 10 t t 40    | connect-a | 0 | 2 | 4 | false     | LAGGING | 10    | back over consumed tombstones, too
            8    | t 20         | connect-a | 0 | 0 | 2 | false     | UNKNOWN | ?     | no earlier record tells a position
            9    | 10 - 30      | connect-a | 0 | 1 | 3 | true      | LAGGING | 10    | what was compacted away was unconsumed
            10   | 10 20 30     | connect-a | 0 | 1 | 3 | true      | LAGGING | 20    | compaction left the record at O alone
            11   | 10 - 30      | connect-a | 0 | 1 | 3 | false     | LAGGING | 30    | without compaction a gap is an aborted batch
            12   | - - 30       | connect-a | 0 | 1 | 3 | true      | UNKNOWN | ?     | nothing earlier is left
            13   | - - - 40 50  | connect-a | 3 | 1 | 5 | false     | HELD    | ?     | DATA_LOSS: W stays where it was
            14   | 10 20        | connect-a | 0 | 5 | 2 | false     | DRAINED | ?     | O > E of one observation: it moved on
            15   | ''           | other     | 0 | ? | 0 | false     | DRAINED | ?     | nothing was ever written
            16   | 10 20        | connect-a | 0 | ? | 2 | false     | LAGGING | 10    | a Connect sink starts at the earliest
            17   | 10 20        | other     | 0 | ? | 2 | false     | UNKNOWN | ?     | where another group starts is not known
            18   | - - 30       | connect-a | 2 | ? | 3 | false     | UNKNOWN | ?     | unknown until a commit
            19   | - -          | connect-a | 2 | ? | 2 | false     | UNKNOWN | ?     | never drained without a commit
            20   | s s 30       | connect-a | 0 | 1 | 3 | false     | UNKNOWN | ?     | no W while a snapshot is unconsumed
            21   | s t 30       | connect-a | 0 | 1 | 3 | false     | UNKNOWN | ?     | nor from a tombstone behind one
            """)
    void tellsEachPartition(
            int row,
            String log,
            String group,
            Long start,
            Long committed,
            long end,
            boolean compacted,
            State state,
            Long bound,
            String why) {
        SinkHeads heads = new SinkHeads("p", group);
        heads.begin(List.of(offsets(start, committed, end)), topic("a", compacted));
        read(heads, log(log));

        assertThat(only(heads).state()).as(why).isEqualTo(state);
        assertThat(only(heads).bound()).as(why).isEqualTo(bound == null ? null : new Lsn(bound));
        boolean saysWhy = state == State.UNKNOWN || state == State.HELD;
        assertThat(only(heads).why() != null).isEqualTo(saysWhy);
    }

    @Test
    void aMarkerThatRetentionDeletesIsNoLoss() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 2)), topic("a", false));
        read(heads, log("10 m"));
        assertThat(only(heads).state()).isEqualTo(State.DRAINED);

        heads.begin(List.of(offsets(2L, 1L, 2)), topic("a", false));
        assertThat(only(heads).state()).as("all of it is deleted").isEqualTo(State.DRAINED);
        heads.begin(List.of(offsets(2L, 1L, 3)), topic("a", false));
        read(heads, log("- - 30"));
        assertThat(only(heads).bound()).as("and goes on").isEqualTo(new Lsn(30));
        heads.begin(List.of(offsets(3L, 1L, 3)), topic("a", false));
        assertThat(only(heads).why().finding()).as("and that is lost").isEqualTo(Finding.DATA_LOSS);
    }

    @Test
    void whatWasReadOfAnotherTopicOrOffsetProvesNoMarker() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 10L, 10)), topic("a", false));
        heads.begin(List.of(offsets(5L, 3L, 12)), topic("a", false));
        assertThat(only(heads).why().finding()).as("the group went back").isEqualTo(Finding.DATA_LOSS);

        heads.begin(List.of(offsets(0L, 10L, 10)), topic("a", false));
        heads.begin(List.of(offsets(0L, 10L, 10)), topic("b", false));
        heads.begin(List.of(offsets(0L, 1L, 10)), topic("b", false));
        heads.begin(List.of(offsets(5L, 2L, 10)), topic("b", false));
        assertThat(only(heads).why().finding()).as("a new topic").isEqualTo(Finding.DATA_LOSS);
    }

    @Test
    void whatASingleDeletedOffsetWasIsNotKnownAfterARestart() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(2L, 1L, 2)), topic("a", false));
        assertThat(only(heads).why().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
        heads.begin(List.of(offsets(5L, 1L, 5)), topic("a", false));
        assertThat(only(heads).why().finding()).isEqualTo(Finding.DATA_LOSS);
    }

    @Test
    void whatCouldNotBeReadIsNeverDrainedAndKeepsItsEarlierBound() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 3)), topic("a", false));
        read(heads, log("10 20 30"));
        heads.begin(List.of(offsets(0L, 2L, 3)), topic("a", false));
        Map<Point, ReadResult> unread = new HashMap<>();
        heads.firstPoints().forEach(point -> unread.put(point, UNREAD));
        heads.takeFirst(unread);

        assertThat(only(heads).state()).isEqualTo(State.HELD);
        assertThat(only(heads).bound()).isEqualTo(new Lsn(20));
    }

    @Test
    void whatHasNeverBeenReadHasNoBoundAndIsNotDrained() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 3)), topic("a", false));
        heads.takeFirst(Map.of());

        assertThat(only(heads).state()).isEqualTo(State.HELD);
        assertThat(only(heads).bound()).isNull();
    }

    @Test
    void theEarlierBoundOfAGroupThatWentBackDoesNotHold() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 2L, 3)), topic("a", false));
        read(heads, log("10 20 30"));
        heads.begin(List.of(offsets(0L, 0L, 3)), topic("a", false));
        heads.takeFirst(Map.of());

        assertThat(only(heads).bound()).isNull();
    }

    /** Found by the model: the sink had consumed nothing of the gap, and a claim up to the record behind it was false. */
    @Test
    void aRecordBehindACompactedGapGivesNoBoundWhileNoEarlierOneWasRead() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 3)), topic("a", true));
        Map<Point, ReadResult> first = Map.of(heads.firstPoints().get(0), found(2, "30"));
        heads.takeFirst(first);
        Map<Point, ReadResult> unread = new HashMap<>();
        heads.earlierPoints().forEach(point -> unread.put(point, UNREAD));
        heads.takeEarlier(unread);
        assertThat(only(heads).bound()).isNull();

        PartitionOffsets untold = new PartitionOffsets("t", 0, 0L, null, false, 3L, 3L, false, false);
        heads.begin(List.of(untold), topic("a", true));
        assertThat(only(heads).bound()).as("when the offsets are not told").isNull();
        heads.begin(List.of(offsets(0L, 2L, 3)), topic("a", true));
        heads.takeFirst(Map.of());
        assertThat(only(heads).bound()).as("when the group has moved on").isNull();
    }

    @Test
    void aRecordIsReadOnceUntilTheCommittedOffsetMoves() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 3)), topic("a", false));
        read(heads, log("10 20 30"));

        heads.begin(List.of(offsets(0L, 1L, 4)), topic("a", false));
        assertThat(heads.firstPoints()).isEmpty();
        heads.begin(List.of(offsets(0L, 2L, 4)), topic("a", false));
        assertThat(heads.firstPoints()).hasSize(1);
        heads.begin(List.of(offsets(0L, 4L, 4)), topic("a", false));
        assertThat(heads.firstPoints()).isEmpty();
    }

    @Test
    void ofWhatWasProvenDrainedOnlyWhatCameSinceIsRead() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 2)), topic("a", false));
        read(heads, log("10 m"));
        heads.begin(List.of(offsets(0L, 1L, 4)), topic("a", false));

        assertThat(heads.firstPoints().get(0).offset()).isEqualTo(2);
    }

    @Test
    void anotherTopicIdMakesTheOldOffsetsUnknownUntilTheGroupCommits() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 1L, 3)), topic("a", false));
        read(heads, log("10 20 30"));

        Failure recreated = heads.begin(List.of(offsets(0L, 1L, 3)), topic("b", false));
        assertThat(recreated.finding()).isEqualTo(Finding.TOPIC_RECREATED);
        assertThat(only(heads).state()).isEqualTo(State.UNKNOWN);
        heads.begin(List.of(offsets(0L, 2L, 3)), topic("b", false));
        read(heads, log("40 50 60"));
        assertThat(only(heads).bound()).isEqualTo(new Lsn(60));
    }

    @Test
    void aCommittedOffsetBeyondALaterEndIsOfAnotherLog() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        PartitionOffsets truncated = new PartitionOffsets("t", 0, 0L, 9L, true, 3L, 3L, true, false);

        assertThat(heads.begin(List.of(truncated), topic("a", false)).finding()).isEqualTo(Finding.TOPIC_RECREATED);
        assertThat(only(heads).state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void anUndecidedRecordBoundsAndIsReadAgain() {
        SinkHeads heads = new SinkHeads("p", "connect-a");
        heads.begin(List.of(offsets(0L, 0L, 1)), topic("a", false));
        ChangePosition position = new ChangePosition(new Lsn(10), COMMITTED, ChangePosition.Kind.STREAMED);
        heads.takeFirst(Map.of(heads.firstPoints().get(0), new ReadResult.Found(0, position, null, null, true)));
        assertThat(only(heads).bound()).isEqualTo(new Lsn(10));

        heads.begin(List.of(offsets(0L, 0L, 2)), topic("a", false));
        read(heads, log("- m"));
        assertThat(only(heads).state()).isEqualTo(State.DRAINED);
    }
}
