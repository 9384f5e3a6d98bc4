package io.cdcprogress.metrics;

import static io.cdcprogress.record.Reports.partition;
import static io.cdcprogress.record.Reports.report;
import static io.cdcprogress.record.Reports.unobserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.cdcprogress.model.ProgressReport;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressMetricsTest {
    private static final Clock CLOCK = Clock.fixed(Instant.ofEpochMilli(1_500), ZoneOffset.UTC);

    private final ShownGauges gauges = new ShownGauges();
    private final ProgressMetrics metrics = new ProgressMetrics(gauges, CLOCK);

    private Map<String, Double> shown(ProgressReport... reports) {
        metrics.observed(Arrays.asList(reports), Duration.ofMillis(250));
        return gauges.values();
    }

    @Test
    void showsWhatTheReportSaysInSecondsAndBytes() {
        assertThat(shown(report(partition(0, 5), partition(1, 9))))
                .containsOnly(
                        entry("total-lag-seconds", 1.5),
                        entry("total-lag-bytes", 928464.0),
                        entry("capture-lag-bytes", 8.0),
                        entry("sink-lag-bytes", 928456.0),
                        entry("sink-lag-records", 4.0),
                        entry("slot-lag-bytes", 928464.0),
                        entry("retained-wal-bytes", 928600.0),
                        entry("safe-wal-bytes", -5.0),
                        entry("slot-active", 1.0),
                        entry("sink-partitions", 2.0),
                        entry("sink-lagging-partitions", 1.0),
                        entry("wal-bytes-per-second", 1.5),
                        entry("sink-records-per-second", 2.5),
                        entry("catch-up-seconds", 3.0),
                        entry("slot-loss-seconds", 4.0),
                        entry("retention-loss-seconds", 5.0),
                        entry("health:OK", 0.0),
                        entry("health:BEHIND", 0.0),
                        entry("health:AT_RISK", 0.0),
                        entry("health:STALLED", 0.0),
                        entry("health:LOST", 1.0),
                        entry("health:UNKNOWN", 0.0),
                        entry("finding:SLOT_LOST", 1.0),
                        entry("finding:DATA_LOSS", 1.0),
                        entry("last-success-timestamp-seconds", 1.5),
                        entry("observation-errors-total", 0.0),
                        entry("observation-duration-seconds", 0.25));
    }

    @Test
    void whatIsNotKnownIsNotThereAndComesAgainWhenItIs() {
        assertThat(shown(unobserved()))
                .containsOnly(
                        entry("health:OK", 0.0),
                        entry("health:BEHIND", 0.0),
                        entry("health:AT_RISK", 0.0),
                        entry("health:STALLED", 0.0),
                        entry("health:LOST", 0.0),
                        entry("health:UNKNOWN", 1.0),
                        entry("finding:SOURCE_UNREACHABLE", 1.0),
                        entry("observation-errors-total", 1.0),
                        entry("observation-duration-seconds", 0.25));
        assertThat(shown(report()))
                .doesNotContainKey("finding:SOURCE_UNREACHABLE")
                .contains(entry("slot-active", 1.0), entry("observation-errors-total", 1.0));
    }

    @Test
    void theLastSuccessStaysWhileErrorsAreCounted() {
        shown(report());
        shown(unobserved());
        assertThat(shown(unobserved()))
                .contains(entry("last-success-timestamp-seconds", 1.5), entry("observation-errors-total", 2.0));
    }

    @Test
    void whatIsNotObservedAnyMoreGoesAndTheCounterCountsOn() {
        shown(unobserved());
        metrics.unobserved();
        assertThat(gauges.values()).isEmpty();
        assertThat(shown(unobserved())).contains(entry("observation-errors-total", 2.0));
    }

    @Test
    void aTaskThatIsStoppedFreesItsNamesAndTakesNoneAnyMore() {
        shown(report());
        metrics.close();
        assertThat(gauges.values()).isEmpty();
        assertThat(shown(report())).isEmpty();
    }

    @Test
    void aNameThatIsTakenSparesTheOthersAndIsTriedAgain() {
        gauges.taken = "slot-active";
        assertThat(shown(report())).doesNotContainKey("slot-active").containsKey("total-lag-bytes");
        gauges.taken = "";
        assertThat(shown(report())).containsEntry("slot-active", 1.0);
    }

    /** As after a mistake of ours. */
    @Test
    void aReportThatCanNotBeReadTakesTheOldNumbersAway() {
        shown(report());
        assertThat(shown((ProgressReport) null)).isEmpty();
        assertThat(shown(report())).containsKey("slot-active");
    }
}
