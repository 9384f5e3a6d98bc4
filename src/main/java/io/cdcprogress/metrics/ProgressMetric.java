package io.cdcprogress.metrics;

import java.util.List;
import java.util.Locale;

/**
 * Every metric: its name, unit and meaning, and the field of the progress record that it is. All else follows: series, the
 * names in Prometheus, docs/metrics.md. Names and units are a promise to users.
 */
public enum ProgressMetric {
    TOTAL_LAG_SECONDS("seconds", "total_lag_ms", "Age of the oldest change that the sink has not consumed, at most."),
    TOTAL_LAG_BYTES("bytes", "total_lag_bytes", "WAL from the sink's position to the source's: both halves."),
    CAPTURE_LAG_BYTES("bytes", "capture_lag_bytes", "WAL that is not known to be in Kafka yet: the capture half."),
    SINK_LAG_BYTES("bytes", "sink_lag_bytes", "WAL in Kafka that the sink has not consumed: the sink half."),
    SINK_LAG_RECORDS("records", "sink_lag_records", "Records that the sink has not consumed, at most."),
    SLOT_LAG_BYTES("bytes", "lag_bytes", "WAL that the slot has not confirmed."),
    RETAINED_WAL_BYTES("bytes", "retained_wal_bytes", "WAL that the slot holds on the server's disk."),
    SAFE_WAL_BYTES("bytes", "safe_wal_bytes", "WAL that may be written before the slot is invalidated."),
    SLOT_ACTIVE("0 or 1", "slot_active", "Whether a walsender is on the slot."),
    SINK_PARTITIONS("partitions", "sink_partitions", "Partitions that the sink consumes."),
    SINK_LAGGING_PARTITIONS("partitions", "sink_lagging_partitions", "Those of them with records left."),
    WAL_BYTES_PER_SECOND("bytes/s", "wal_bytes_per_second", "WAL that the server writes, over the last minute."),
    SINK_RECORDS_PER_SECOND(
            "records/s", "sink_records_per_second", "Records that the sink consumes, over the last minute."),
    CATCH_UP_SECONDS("seconds", "catch_up_seconds", "Until the sink has caught up, at these paces."),
    SLOT_LOSS_SECONDS("seconds", "slot_loss_seconds", "Until PostgreSQL invalidates the slot, at this pace."),
    RETENTION_LOSS_SECONDS("seconds", "retention_loss_seconds", "Until Kafka's retention overtakes the sink."),
    HEALTH("0 or 1", "health", "state", "1 for the state that the pipeline is in, 0 for the others."),
    FINDING("1", "findings", "finding", "1 for each finding that holds; none while none holds."),
    LAST_SUCCESS_TIMESTAMP_SECONDS(
            "seconds",
            null,
            "When the last observation was in which every part answered: Unix time, by the worker's clock."),
    OBSERVATION_ERRORS_TOTAL(
            "observations",
            null,
            "Observations in which some part did not answer, or refused, since the task was started."),
    /** Of a task, not of a sink. */
    OBSERVATION_DURATION_SECONDS("seconds", null, "How long the task's last observation took.");

    private static final String COUNTER_SUFFIX = "_TOTAL";

    private final String unit;
    private final String field;
    private final String label;
    private final String help;

    ProgressMetric(String unit, String field, String help) {
        this(unit, field, null, help);
    }

    ProgressMetric(String unit, String field, String label, String help) {
        this.unit = unit;
        this.field = field;
        this.label = label;
        this.help = help;
    }

    /** Its name in Kafka's metrics: an attribute of an MBean. */
    public String attribute() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its name in Prometheus, by config/prometheus/jmx-exporter.yml. */
    public String prometheusName() {
        return "cdc_" + name().toLowerCase(Locale.ROOT);
    }

    public boolean counter() {
        return name().endsWith(COUNTER_SUFFIX);
    }

    public String unit() {
        return unit;
    }

    /** The field of the progress record that it is; null where no field says it. */
    public String field() {
        return field;
    }

    /** A sentence. */
    public String help() {
        return help;
    }

    /** Its labels in Prometheus, in their order. */
    public List<String> labels() {
        if (ofTask()) {
            return List.of("connector", "task");
        }
        return label == null ? List.of("pipeline", "sink_group") : List.of("pipeline", "sink_group", label);
    }

    boolean ofTask() {
        return this == OBSERVATION_DURATION_SECONDS;
    }

    /** Its own label beside pipeline and sink group; null where it has none. */
    String label() {
        return label;
    }
}
