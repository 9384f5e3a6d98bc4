package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
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

/** What is said of a position that could not be told anew, and of records where there is no position. */
class PositionFindingsTest {
    private static final Pipeline PIPELINE = new Pipeline(
            "p", "db:5432/shop", "shop", "s", new TopicSelector("shop", null, Set.of(), Set.of()), List.of("g"), false);
    private static final SlotObservation SLOT = new SlotObservation.Observed(
            new ServerFacts(new Lsn(900), new Lsn(900), Instant.EPOCH, 1, 1, false, null),
            new SlotFacts(new Lsn(500), new Lsn(400), null, null, 42, "reserved", null, null));
    private static final Failure DENIED = new Failure(Finding.NOT_AUTHORIZED, "READ on shop.t is missing");
    /** One offset is left, and it is a marker's. */
    private static final SinkObservation SINK = new SinkObservation.Observed(
            "Stable", false, List.of(new PartitionOffsets("shop.t", 0, 0L, 8L, true, 9L, 9L, false, false)), null);

    private static final Thresholds THRESHOLDS = new Thresholds(
            Duration.ofMinutes(3),
            Duration.ofMinutes(1),
            Duration.ZERO,
            0,
            Duration.ofHours(1),
            Duration.ofHours(1),
            true);

    private static ProgressReport evaluate(SlotObservation slot, SinkPosition position) {
        Situation situation = new Situation(
                PIPELINE,
                "g",
                Instant.EPOCH,
                slot,
                SourceConnectorFacts.NOT_ASKED,
                null,
                SINK,
                null,
                null,
                null,
                position,
                null,
                THRESHOLDS);
        return ProgressEvaluator.evaluate(situation, History.NONE).report();
    }

    private static SinkPosition known(Failure why, Failure lessSure) {
        return new SinkPosition(
                new Lsn(800),
                new Lsn(100),
                SinkPosition.Grade.PROVEN,
                new Lsn(100),
                new PartitionId("shop.t", 0),
                null,
                null,
                SinkPosition.AgeGrade.UNKNOWN,
                Map.of(),
                why,
                lessSure,
                null,
                PositionMemory.NONE);
    }

    @Test
    void aSinkIsNotBlamedForWhatWasNotRead() {
        ProgressReport report = evaluate(SLOT, known(DENIED, null));

        assertThat(report.verdict().findings()).containsExactly(Finding.NOT_AUTHORIZED);
        assertThat(report.verdict().detail()).startsWith("the sink may be further than its LSN: READ on shop.t");
    }

    @Test
    void aSourceConnectorThatConnectDoesNotKnowIsSaidAndBlamedForNothing() {
        Failure unknown = new Failure(Finding.POSITION_UNKNOWN, "Connect has no connector nope");

        ProgressReport report = evaluate(SLOT, known(null, unknown));

        assertThat(report.verdict().findings()).containsExactly(Finding.SINK_BEHIND);
        assertThat(report.verdict().detail()).endsWith("; less is proven than could be: Connect has no connector nope");
    }

    @Test
    void markersAreNoLagWhileTheDatabaseIsDownEither() {
        Failure down = new Failure(Finding.SOURCE_UNREACHABLE, "down");
        SinkPosition position = SinkPosition.unknown(
                down, Map.of(new PartitionId("shop.t", 0), PartitionPosition.DRAINED), PositionMemory.NONE);

        assertThat(evaluate(new SlotObservation.Unobserved(down), position)
                        .lag()
                        .records())
                .isZero();
    }
}
