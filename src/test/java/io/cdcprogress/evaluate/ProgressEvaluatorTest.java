package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.Thresholds;
import io.cdcprogress.model.TopicSelector;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ProgressEvaluatorTest {
    private static final Instant DATABASE_NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant WORKER_NOW = Instant.parse("2026-01-01T00:00:07Z");
    private static final Pipeline PIPELINE = new Pipeline(
            "orders",
            "db:5432/shop",
            "shop",
            "orders_slot",
            new TopicSelector("shop", null, Set.of(), Set.of()),
            List.of("connect-sink"),
            false);
    private static final Lsn SOURCE = Lsn.parse("0/298E958");
    private static final ServerFacts SERVER = new ServerFacts(SOURCE, SOURCE, DATABASE_NOW, 1, 1, false, null);
    private static final SlotObservation SLOT = new SlotObservation.Observed(SERVER, slot("reserved", null));
    private static final SinkObservation SINK =
            sink(false, null, new PartitionOffsets("shop.t", 0, 0L, 5L, true, 9L, 9L, false, false));
    private static final Thresholds THRESHOLDS = new Thresholds(
            Duration.ofMinutes(3),
            Duration.ofMinutes(1),
            Duration.ZERO,
            0,
            Duration.ofHours(1),
            Duration.ofHours(1),
            true);
    private static final Failure NO_POSITION = new Failure(Finding.POSITION_UNKNOWN, "no streamed record");
    private static final Failure DATABASE_DOWN = new Failure(Finding.SOURCE_UNREACHABLE, "db is down");
    private static final Failure KAFKA_DOWN = new Failure(Finding.KAFKA_UNREACHABLE, "kafka is down");

    private static SlotFacts slot(String walStatus, String invalidation) {
        return new SlotFacts(
                Lsn.parse("0/28ABE88"), Lsn.parse("0/28ABE00"), null, null, 42, walStatus, null, invalidation);
    }

    private static SinkObservation sink(boolean missing, Failure failure, PartitionOffsets... partitions) {
        return new SinkObservation.Observed(missing ? null : "Stable", missing, List.of(partitions), failure);
    }

    private static ProgressReport evaluate(SlotObservation slot, SinkObservation sink) {
        return evaluate(slot, sink, SinkPosition.unknown(NO_POSITION, Map.of(), PositionMemory.NONE));
    }

    private static ProgressReport evaluate(SlotObservation slot, SinkObservation sink, SinkPosition position) {
        Situation situation = new Situation(
                PIPELINE,
                "connect-sink",
                WORKER_NOW,
                slot,
                SourceConnectorFacts.NOT_ASKED,
                null,
                sink,
                null,
                null,
                null,
                position,
                "cluster",
                THRESHOLDS);
        return ProgressEvaluator.evaluate(situation, History.NONE).report();
    }

    private static SinkPosition position(String published, String sink, Failure changed) {
        return new SinkPosition(
                Lsn.parse(published),
                Lsn.parse(sink),
                SinkPosition.Grade.INFERRED,
                null,
                new PartitionId("shop.t", 0),
                null,
                1500L,
                SinkPosition.AgeGrade.AT_MOST,
                Map.of(),
                null,
                null,
                changed,
                PositionMemory.NONE);
    }

    @Test
    void subtractsPositionsOfTheSameObservation() {
        ProgressReport report = evaluate(SLOT, SINK);
        assertThat(report.lag().slotBytes()).isEqualTo(928464);
        assertThat(report.lag().retainedBytes()).isEqualTo(928600);
        assertThat(report.lag().records()).isEqualTo(4);
        assertThat(report.lag().partitions()).isEqualTo(1);
        assertThat(report.observedAt()).isEqualTo(DATABASE_NOW);
        assertThat(report.databaseClock()).isTrue();
    }

    @Test
    void publishesTheOtherHalfWhenTheDatabaseIsNotObserved() {
        ProgressReport report = evaluate(new SlotObservation.Unobserved(DATABASE_DOWN), SINK);
        assertThat(report.lag().slotBytes()).isNull();
        assertThat(report.server()).isNull();
        assertThat(report.lag().records()).isEqualTo(4);
        assertThat(report.observedAt()).isEqualTo(WORKER_NOW);
        assertThat(report.databaseClock()).isFalse();
        assertThat(report.verdict().health()).isEqualTo(Health.UNKNOWN);
        assertThat(report.verdict().findings()).containsExactly(Finding.SOURCE_UNREACHABLE);
    }

    @Test
    void publishesTheOtherHalfWhenKafkaIsNotObserved() {
        ProgressReport report = evaluate(SLOT, new SinkObservation.Unobserved(KAFKA_DOWN));
        assertThat(report.lag().slotBytes()).isEqualTo(928464);
        assertThat(report.partitions()).isNull();
        assertThat(report.lag().records()).isNull();
        assertThat(report.lag().partitions()).isNull();
        assertThat(report.verdict().findings()).containsExactly(Finding.KAFKA_UNREACHABLE);
    }

    @Test
    void namesAllThatHoldInTheirOrder() {
        ProgressReport report =
                evaluate(new SlotObservation.Unobserved(DATABASE_DOWN), new SinkObservation.Unobserved(KAFKA_DOWN));
        assertThat(report.verdict().findings()).containsExactly(Finding.SOURCE_UNREACHABLE, Finding.KAFKA_UNREACHABLE);
        assertThat(report.verdict().detail()).contains("db is down").contains("kafka is down");
    }

    @Test
    void aMissingSlotKeepsTheServersPositionAndNothingElse() {
        ProgressReport report = evaluate(new SlotObservation.Missing(SERVER, "there is no slot"), SINK);
        assertThat(report.server().sourceLsn()).isEqualTo(SERVER.sourceLsn());
        assertThat(report.slot()).isNull();
        assertThat(report.lag().slotBytes()).isNull();
        assertThat(report.verdict().health()).isEqualTo(Health.LOST);
        assertThat(report.verdict().findings()).containsExactly(Finding.SLOT_MISSING);
    }

    @Test
    void aSlotIsLostByStatusOrByInvalidation() {
        assertThat(evaluate(new SlotObservation.Observed(SERVER, slot("lost", null)), SINK)
                        .verdict()
                        .findings())
                .containsExactly(Finding.SLOT_LOST);
        assertThat(evaluate(new SlotObservation.Observed(SERVER, slot("reserved", "idle_timeout")), SINK)
                        .verdict()
                        .detail())
                .contains("idle_timeout");
    }

    @Test
    void aCommitBelowTheLogStartIsDataLoss() {
        ProgressReport report = evaluate(
                SLOT, sink(false, null, new PartitionOffsets("shop.t", 2, 7L, 5L, true, 9L, 9L, false, false)));
        assertThat(report.verdict().health()).isEqualTo(Health.LOST);
        assertThat(report.verdict().findings()).containsExactly(Finding.DATA_LOSS);
        assertThat(report.verdict().detail()).contains("shop.t-2").contains("2 offsets");
        assertThat(report.lag().records()).isEqualTo(2);
    }

    @Test
    void aCommitBeyondALaterEndIsARecreatedTopic() {
        ProgressReport report =
                evaluate(SLOT, sink(false, null, new PartitionOffsets("shop.t", 2, 0L, 5L, true, 3L, 3L, true, false)));
        assertThat(report.verdict().findings()).containsExactly(Finding.TOPIC_RECREATED);
        assertThat(report.verdict().detail()).contains("shop.t-2");
        assertThat(report.lag().records()).isNull();
    }

    @Test
    void partitionsThatCannotBeToldGiveNoNumbers() {
        ProgressReport report = evaluate(SLOT, new SinkObservation.Observed("Stable", false, null, KAFKA_DOWN));
        assertThat(report.partitions()).isNull();
        assertThat(report.lag().records()).isNull();
        assertThat(report.lag().partitions()).isNull();
        assertThat(report.sinkGroupState()).isEqualTo("Stable");
        assertThat(report.verdict().findings()).containsExactly(Finding.KAFKA_UNREACHABLE);
    }

    @Test
    void aGroupThatConsumesNoneOfTheTopicsIsToldSo() {
        ProgressReport report = evaluate(SLOT, sink(false, null));
        assertThat(report.verdict().findings()).containsExactly(Finding.POSITION_UNKNOWN);
        assertThat(report.verdict().detail())
                .contains("none of the topics shop.*")
                .contains("connect-sink");
    }

    @Test
    void aPartitionWithoutACommitIsNamedWhereItMakesTheSumUnknown() {
        ProgressReport report = evaluate(
                SLOT, sink(false, null, new PartitionOffsets("shop.t", 4, 3L, null, true, 9L, 9L, false, false)));
        assertThat(report.lag().records()).isNull();
        assertThat(report.verdict().findings()).containsExactly(Finding.POSITION_UNKNOWN);
        assertThat(report.verdict().detail()).contains("no committed offset in shop.t-4");
        assertThat(evaluate(
                                SLOT,
                                sink(
                                        false,
                                        null,
                                        new PartitionOffsets("shop.t", 4, 0L, null, true, 9L, 9L, false, false)))
                        .lag()
                        .records())
                .as("a sink connector starts at the earliest record")
                .isEqualTo(9);
    }

    @Test
    void aMissingGroupIsNamed() {
        ProgressReport report = evaluate(SLOT, sink(true, null));
        assertThat(report.verdict().findings()).containsExactly(Finding.SINK_GROUP_MISSING);
        assertThat(report.verdict().detail()).contains("connect-sink");
        assertThat(report.sinkGroupState()).isNull();
        assertThat(report.lag().records()).isNull();
    }

    @Test
    void aPartThatWasNotReadIsSaid() {
        ProgressReport report = evaluate(
                SLOT,
                sink(false, KAFKA_DOWN, new PartitionOffsets("shop.t", 0, 0L, 5L, true, null, null, false, false)));
        assertThat(report.verdict().findings()).containsExactly(Finding.KAFKA_UNREACHABLE);
        assertThat(report.lag().records()).isNull();
    }

    @Test
    void isNeverOkWhileThePositionOfTheSinkIsNotKnown() {
        ProgressReport report = evaluate(SLOT, SINK);
        assertThat(report.verdict().health()).isEqualTo(Health.UNKNOWN);
        assertThat(report.verdict().findings()).containsExactly(Finding.POSITION_UNKNOWN);
        assertThat(report.verdict().detail()).contains("no streamed record");
        assertThat(report.lag().totalBytes()).isNull();
    }

    @Test
    void bothHalvesAddUpToTheTotalAndTheLargerOneIsBlamed() {
        ProgressReport sinkBehind = evaluate(SLOT, SINK, position("0/298E950", "0/28ABE88", null));
        assertThat(sinkBehind.lag().captureBytes()).isEqualTo(8);
        assertThat(sinkBehind.lag().sinkBytes()).isEqualTo(928456);
        assertThat(sinkBehind.lag().totalBytes()).isEqualTo(928464);
        assertThat(sinkBehind.verdict().findings()).containsExactly(Finding.SINK_BEHIND);
        assertThat(sinkBehind.verdict().detail()).contains("at most 1.5 s").contains("shop.t-0");
        assertThat(evaluate(SLOT, SINK, position("0/28ABE88", "0/28ABE80", null))
                        .verdict()
                        .findings())
                .containsExactly(Finding.CAPTURE_BEHIND);
    }

    @Test
    void isOkOnlyWhenNothingIsLeftAndAllIsKnown() {
        SinkObservation drained =
                sink(false, null, new PartitionOffsets("shop.t", 0, 0L, 9L, true, 9L, 9L, false, false));
        SinkPosition upToDate = position("0/298E958", "0/298E958", null);
        assertThat(evaluate(SLOT, drained, upToDate).verdict().health()).isEqualTo(Health.OK);
        assertThat(evaluate(SLOT, SINK, upToDate).verdict().health())
                .as("records are left")
                .isNotEqualTo(Health.OK);
        assertThat(evaluate(SLOT, new SinkObservation.Observed("Stable", false, null, null), upToDate)
                        .verdict()
                        .health())
                .as("how many records are left is not known")
                .isNotEqualTo(Health.OK);
    }

    @Test
    void whatMadeThePositionBeginAnewIsSaid() {
        Failure failover = new Failure(Finding.FAILOVER, "another timeline");
        assertThat(evaluate(SLOT, SINK, position("0/298E950", "0/28ABE88", failover))
                        .verdict()
                        .findings())
                .containsExactly(Finding.FAILOVER);
    }

    @Test
    void anUnconsumedSnapshotIsNamedBesideWhateverElseHolds() {
        Failure snapshot = new Failure(Finding.SNAPSHOTTING, "records of the snapshot");
        assertThat(evaluate(SLOT, SINK, SinkPosition.unknown(snapshot, Map.of(), PositionMemory.NONE))
                        .verdict()
                        .health())
                .isEqualTo(Health.BEHIND);
    }

    @Test
    void aSlotAheadOfTheServerHasNoLag() {
        ServerFacts behind = new ServerFacts(Lsn.parse("0/1"), Lsn.parse("0/1"), DATABASE_NOW, 1, 1, false, null);
        assertThat(evaluate(new SlotObservation.Observed(behind, slot("reserved", null)), SINK)
                        .lag()
                        .slotBytes())
                .isNull();
    }
}
