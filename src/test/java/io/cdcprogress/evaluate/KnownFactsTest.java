package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import io.cdcprogress.model.ProgressReport;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Whatever is observed or not, and in whatever order: findings rest on known facts, and what is not known is never good. */
class KnownFactsTest {
    private static final int HISTORIES = 2000;
    private static final int OBSERVATIONS = 12;
    /** What may be observed; a question mark is "not known". */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("server", List.of("1", "1", "1", "?")),
            Map.entry("slot", List.of("there", "there", "there", "missing")),
            Map.entry("active", List.of("true", "true", "false")),
            Map.entry("walStatus", List.of("reserved", "extended", "unreserved", "lost", "?")),
            Map.entry("safe", List.of("?", "-5", "1000000", "99999999999")),
            Map.entry("wal", List.of("1000000", "2000000", "90000000", "1000")),
            Map.entry("sent", List.of("?", "1000000", "2000000", "90000000")),
            Map.entry("processed", List.of("?", "990000", "1500000")),
            Map.entry("restart", List.of("?", "900000", "1400000")),
            Map.entry("published", List.of("?", "1000000", "500000")),
            Map.entry("sink", List.of("?", "1000000", "400000")),
            Map.entry("age", List.of("?", "0", "5", "9999")),
            Map.entry("why", List.of("?", "?", "?", "SNAPSHOTTING", "NOT_AUTHORIZED")),
            Map.entry("source", List.of("?", "RUNNING", "PAUSED", "STOPPED", "FAILED", "UNASSIGNED", "MISSING")),
            Map.entry("sinkConnector", List.of("?", "RUNNING", "PAUSED", "STOPPED", "FAILED", "MISSING")),
            Map.entry("listed", List.of("?", "0", "8")),
            Map.entry("stored", List.of("?", "980000")),
            Map.entry("storedAge", List.of("?", "1", "30")),
            Map.entry("group", List.of("Stable", "Empty", "missing", "?")),
            Map.entry("end0", List.of("100", "100", "110", "120", "?")),
            Map.entry("committed0", List.of("100", "100", "110", "50", "?")),
            Map.entry("commits", List.of("read", "read", "unread")),
            Map.entry("start0", List.of("0", "40", "105", "?")),
            Map.entry("head0", List.of("?", "10", "500")),
            Map.entry("retention", List.of("?", "600")),
            Map.entry("beat", List.of("?", "1", "2", "3")),
            Map.entry("topicId", List.of("a", "a", "a", "b")),
            Map.entry("transaction", List.of("?", "5", "500")),
            Map.entry("positions", List.of("true", "true", "false")));

    private static final Set<Finding> OF_THE_SLOT = EnumSet.of(
            Finding.SLOT_LOST,
            Finding.SLOT_INACTIVE,
            Finding.SLOT_RECREATED,
            Finding.WAL_LIMIT_NEAR,
            Finding.LONG_TRANSACTION,
            Finding.IDLE_WITHOUT_HEARTBEAT);
    private static final Set<Finding> OF_THE_OFFSETS = EnumSet.of(
            Finding.DATA_LOSS,
            Finding.SINK_GROUP_EMPTY,
            Finding.SINK_STALLED,
            Finding.RETENTION_NEAR,
            Finding.SINK_BEHIND);

    @Test
    void noFindingIsMadeOfWhatIsNotKnown() {
        long seed = System.nanoTime();
        System.out.println("KnownFactsTest seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < HISTORIES; i++) {
            Scene scene = new Scene();
            scene.play("stall=" + (1 + random.nextInt(300)));
            for (int o = 0; o < OBSERVATIONS; o++) {
                scene.play(step(random));
                check(scene.last(), "seed " + seed + ", history " + i + ", observation " + o);
            }
        }
    }

    private static String step(Random random) {
        StringBuilder step = new StringBuilder();
        VALUES.keySet().stream().sorted().forEach(key -> {
            if (random.nextInt(4) == 0) {
                List<String> values = VALUES.get(key);
                step.append(key)
                        .append('=')
                        .append(values.get(random.nextInt(values.size())))
                        .append(' ');
            }
        });
        return step.append(random.nextInt(8) == 0 ? "restart! " : "")
                .append('+')
                .append(random.nextInt(120))
                .append('s')
                .toString();
    }

    private static void check(ProgressReport report, String where) {
        List<Finding> findings = report.verdict().findings();
        assertThat(findings).as(where).isNotEmpty().isSorted().doesNotHaveDuplicates();
        assertThat(report.verdict().health())
                .as(where)
                .isEqualTo(findings.get(0).health());
        assertThat(findings.contains(Finding.NONE))
                .as(where)
                .isEqualTo(report.verdict().health() == Health.OK);
        assertThat(report.verdict().detail()).as(where).isNotBlank().doesNotContain("null");
        assertThat(report.verdict().since()).as(where).isBeforeOrEqualTo(report.observedAt());
        if (report.slot() == null) {
            assertThat(findings).as(where).doesNotContainAnyElementsOf(OF_THE_SLOT);
        }
        if (report.partitions() == null) {
            assertThat(findings).as(where).doesNotContainAnyElementsOf(OF_THE_OFFSETS);
        }
        if (report.verdict().health() == Health.OK) {
            assertThat(report.server()).as(where).isNotNull();
            assertThat(report.slot()).as(where).isNotNull();
            assertThat(report.lag().records()).as(where).isNotNull();
            assertThat(report.lag().slotBytes() == null && report.lag().totalBytes() == null)
                    .as(where)
                    .isFalse();
        }
        Stream.of(
                        report.rates().walBytesPerSecond(),
                        report.rates().sinkRecordsPerSecond(),
                        report.rates().catchUpSeconds(),
                        report.rates().slotLossSeconds(),
                        report.rates().retentionLossSeconds())
                .filter(rate -> rate != null)
                .forEach(rate ->
                        assertThat(rate.doubleValue()).as(where).isFinite().isNotNegative());
    }
}
