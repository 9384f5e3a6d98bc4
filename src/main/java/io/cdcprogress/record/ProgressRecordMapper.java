package io.cdcprogress.record;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/** Writes reports as the Structs of {@link ProgressSchemas}. Adds nothing and judges nothing. */
public final class ProgressRecordMapper {
    private final String connector;
    private final long pollIntervalMs;

    ProgressRecordMapper(String connector, Duration pollInterval) {
        this.connector = connector;
        this.pollIntervalMs = pollInterval.toMillis();
    }

    Struct progressKey(ProgressReport report) {
        return new Struct(ProgressSchemas.PROGRESS_KEY)
                .put("pipeline", report.pipeline().name())
                .put("sink_group", report.sinkGroup());
    }

    Struct progress(ProgressReport report, long sequence) {
        return facts(report)
                .put("connector", connector)
                .put("sequence", sequence)
                .put("poll_interval_ms", pollIntervalMs);
    }

    /** What the report alone says: the value of a progress record without connector, sequence and interval. */
    public static Struct facts(ProgressReport report) {
        Struct value = new Struct(ProgressSchemas.PROGRESS)
                .put("pipeline", report.pipeline().name())
                .put("sink_group", report.sinkGroup())
                .put("observed_at", Date.from(report.observedAt()))
                .put("observed_at_clock", report.databaseClock() ? "DATABASE" : "WORKER")
                .put("database", report.pipeline().database())
                .put("slot_name", report.pipeline().slotName())
                .put("kafka_cluster_id", report.kafkaClusterId())
                .put("sink_group_state", report.sinkGroupState())
                .put("health", report.verdict().health().name())
                .put("finding", report.verdict().findings().get(0).name())
                .put("finding_since", date(report.verdict().since()))
                .put(
                        "findings",
                        report.verdict().findings().stream()
                                .filter(finding -> finding != Finding.NONE)
                                .map(Finding::name)
                                .collect(Collectors.joining(",")))
                .put("source_connector_state", state(report.sourceConnector()))
                .put("sink_connector_state", state(report.sinkConnector()))
                .put("detail", report.verdict().detail());
        if (report.partitions() != null) {
            value.put("sink_partitions", report.partitions().size());
        }
        if (report.server() != null) {
            value.put("source_lsn", text(report.server().sourceLsn()));
        }
        if (report.slot() != null) {
            putSlot(value, report.slot());
        }
        putPosition(value, report.position());
        putLag(value, report.lag());
        putRates(value, report.rates());
        return value;
    }

    private static String state(ConnectorFacts connector) {
        return connector == null || connector.state() == null
                ? null
                : connector.state().name();
    }

    private static void putRates(Struct value, Rates rates) {
        value.put("wal_bytes_per_second", rates.walBytesPerSecond())
                .put("sink_records_per_second", rates.sinkRecordsPerSecond())
                .put("catch_up_seconds", rates.catchUpSeconds())
                .put("slot_loss_seconds", rates.slotLossSeconds())
                .put("retention_loss_seconds", rates.retentionLossSeconds());
    }

    private static void putSlot(Struct value, SlotFacts slot) {
        value.put("sent_lsn", text(slot.sentLsn()))
                .put("processed_lsn", text(slot.processedLsn()))
                .put("restart_lsn", text(slot.restartLsn()))
                .put("safe_wal_bytes", slot.safeWalBytes())
                .put("slot_active", slot.active())
                .put("wal_status", slot.walStatus());
    }

    private static void putPosition(Struct value, SinkPosition position) {
        value.put("published_lsn", text(position.published()))
                .put("sink_lsn", text(position.sink()))
                .put("sink_lsn_grade", position.grade().name())
                .put("proven_lsn", text(position.proven()))
                .put(
                        "blocking_partition",
                        position.blocking() == null ? null : position.blocking().toString())
                .put("oldest_unconsumed_at", date(position.oldestUnconsumedAt()))
                .put("total_lag_ms", position.totalLagMs())
                .put("total_lag_grade", position.ageGrade().name());
    }

    private static void putLag(Struct value, Lag lag) {
        value.put("lag_bytes", lag.slotBytes())
                .put("retained_wal_bytes", lag.retainedBytes())
                .put("capture_lag_bytes", lag.captureBytes())
                .put("sink_lag_bytes", lag.sinkBytes())
                .put("total_lag_bytes", lag.totalBytes())
                .put("sink_lag_records", lag.records())
                .put("sink_lagging_partitions", lag.partitions());
    }

    Struct partitionKey(ProgressReport report, PartitionOffsets offsets) {
        return new Struct(ProgressSchemas.PARTITION_KEY)
                .put("pipeline", report.pipeline().name())
                .put("sink_group", report.sinkGroup())
                .put("topic", offsets.topic())
                .put("partition", offsets.partition());
    }

    Struct partition(ProgressReport report, PartitionProgress partition, long sequence) {
        PartitionOffsets offsets = partition.offsets();
        PartitionPosition position = partition.position();
        return new Struct(ProgressSchemas.PARTITION)
                .put("pipeline", report.pipeline().name())
                .put("sink_group", report.sinkGroup())
                .put("topic", offsets.topic())
                .put("partition", offsets.partition())
                .put("sequence", sequence)
                .put("observed_at", Date.from(report.observedAt()))
                .put("beginning_offset", offsets.beginning())
                .put("committed_offset", offsets.committed())
                .put("end_offset", offsets.end())
                .put("lag_records", partition.lagRecords())
                .put("next_lsn", position == null || held(position) ? null : text(position.bound()))
                .put("next_commit_at", position == null || !position.exact() ? null : date(position.committedAt()))
                .put("lag_ms", partition.lagMs());
    }

    /** Its bound is that of a record before. */
    private static boolean held(PartitionPosition position) {
        return position.state() == PartitionPosition.State.HELD;
    }

    private static Date date(Instant instant) {
        return instant == null ? null : Date.from(instant);
    }

    private static String text(Lsn lsn) {
        return lsn == null ? null : lsn.toString();
    }
}
