package io.cdcprogress.record;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.TopicSelector;
import io.cdcprogress.model.Verdict;
import io.cdcprogress.model.WalPoint;
import io.cdcprogress.model.Window;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an observation may say: all of it, or nothing. */
public final class Reports {
    static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Pipeline PIPELINE = new Pipeline(
            "orders",
            "db:5432/shop",
            "shop",
            "orders_slot",
            new TopicSelector("shop", null, Set.of(), Set.of()),
            List.of("connect-sink"),
            false);

    static final PositionMemory MEMORY = new PositionMemory(
            "1/1/orders_slot/0",
            new Lsn(2),
            new Lsn(3),
            42,
            List.of(new WalPoint(new Lsn(1), NOW.minusSeconds(1)), new WalPoint(new Lsn(2), NOW)));
    private static final SinkPosition POSITION = new SinkPosition(
            Lsn.parse("0/298E950"),
            Lsn.parse("0/28ABE88"),
            SinkPosition.Grade.INFERRED,
            Lsn.parse("0/28ABE80"),
            new PartitionId("shop.t", 0),
            NOW.minusMillis(1500),
            1500L,
            SinkPosition.AgeGrade.EXACT,
            Map.of(),
            null,
            null,
            null,
            MEMORY);

    private Reports() {}

    public static PartitionProgress partition(int number, long committed) {
        return new PartitionProgress(
                new PartitionOffsets("shop.t", number, 0L, committed, true, 9L, 9L, false, false),
                9L - committed,
                null,
                null);
    }

    public static ProgressReport report(PartitionProgress... partitions) {
        return new ProgressReport(
                PIPELINE,
                "connect-sink",
                NOW,
                true,
                new ServerFacts(Lsn.parse("0/298E958"), Lsn.parse("0/298E958"), NOW, 1, 1, false, null),
                new SlotFacts(Lsn.parse("0/28ABE88"), Lsn.parse("0/28ABE00"), null, null, 42, "reserved", -5L, null),
                "cluster",
                "Stable",
                List.of(partitions),
                POSITION,
                new Lag(928464L, 928600L, 8L, 928456L, 928464L, 4L, 1),
                new Rates(1.5, 2.5, 3L, 4L, 5L),
                new ConnectorFacts("orders", ConnectorFacts.State.FAILED, "why"),
                null,
                new Verdict(
                        Health.LOST,
                        List.of(Finding.SLOT_LOST, Finding.DATA_LOSS),
                        NOW.minusSeconds(9),
                        "what, how much, what to do"),
                Map.of("FINDING", new Window("SLOT_LOST", NOW.minusSeconds(9), 3, Lsn.parse("0/1"))));
    }

    public static ProgressReport unobserved() {
        return new ProgressReport(
                PIPELINE,
                "connect-sink",
                NOW,
                false,
                null,
                null,
                null,
                null,
                null,
                SinkPosition.unknown(new Failure(Finding.SOURCE_UNREACHABLE, "down"), Map.of(), PositionMemory.NONE),
                new Lag(null, null, null, null, null, null, null),
                Rates.UNKNOWN,
                null,
                null,
                new Verdict(Health.UNKNOWN, List.of(Finding.SOURCE_UNREACHABLE), NOW, "down"),
                Map.of());
    }
}
