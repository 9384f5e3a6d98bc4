package io.cdcprogress.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProgressMetricTest {
    /** Alerts and dashboards are written on them. */
    @Test
    void namesAreThese() {
        assertThat(Arrays.stream(ProgressMetric.values())
                        .map(metric ->
                                metric.prometheusName() + metric.labels() + (metric.counter() ? " counter" : "")))
                .containsExactlyInAnyOrder(
                        "cdc_total_lag_seconds[pipeline, sink_group]",
                        "cdc_total_lag_bytes[pipeline, sink_group]",
                        "cdc_capture_lag_bytes[pipeline, sink_group]",
                        "cdc_sink_lag_bytes[pipeline, sink_group]",
                        "cdc_sink_lag_records[pipeline, sink_group]",
                        "cdc_slot_lag_bytes[pipeline, sink_group]",
                        "cdc_retained_wal_bytes[pipeline, sink_group]",
                        "cdc_safe_wal_bytes[pipeline, sink_group]",
                        "cdc_slot_active[pipeline, sink_group]",
                        "cdc_sink_partitions[pipeline, sink_group]",
                        "cdc_sink_lagging_partitions[pipeline, sink_group]",
                        "cdc_wal_bytes_per_second[pipeline, sink_group]",
                        "cdc_sink_records_per_second[pipeline, sink_group]",
                        "cdc_catch_up_seconds[pipeline, sink_group]",
                        "cdc_slot_loss_seconds[pipeline, sink_group]",
                        "cdc_retention_loss_seconds[pipeline, sink_group]",
                        "cdc_health[pipeline, sink_group, state]",
                        "cdc_finding[pipeline, sink_group, finding]",
                        "cdc_last_success_timestamp_seconds[pipeline, sink_group]",
                        "cdc_observation_errors_total[pipeline, sink_group] counter",
                        "cdc_observation_duration_seconds[connector, task]");
    }

    @Test
    void attributesAreTheNamesWithDashes() {
        assertThat(ProgressMetric.TOTAL_LAG_SECONDS.attribute()).isEqualTo("total-lag-seconds");
    }
}
