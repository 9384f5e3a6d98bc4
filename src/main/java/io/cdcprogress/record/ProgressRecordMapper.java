package io.cdcprogress.record;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.SlotFacts;
import java.time.Duration;
import java.util.Date;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/** Writes reports as the Structs of {@link ProgressSchemas}. Adds nothing and judges nothing. */
final class ProgressRecordMapper {
    private static final String UNKNOWN = "UNKNOWN";

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
        Struct value = new Struct(ProgressSchemas.PROGRESS)
                .put("pipeline", report.pipeline().name())
                .put("sink_group", report.sinkGroup())
                .put("connector", connector)
                .put("sequence", sequence)
                .put("observed_at", Date.from(report.observedAt()))
                .put("observed_at_clock", report.databaseClock() ? "DATABASE" : "WORKER")
                .put("poll_interval_ms", pollIntervalMs)
                .put("database", report.pipeline().database())
                .put("slot_name", report.pipeline().slotName())
                .put("lag_bytes", report.lagBytes())
                .put("retained_wal_bytes", report.retainedWalBytes())
                .put("kafka_cluster_id", report.kafkaClusterId())
                .put("sink_group_state", report.sinkGroupState())
                .put("sink_lagging_partitions", report.sinkLaggingPartitions())
                .put("sink_lag_records", report.sinkLagRecords())
                .put("sink_lsn_grade", UNKNOWN)
                .put("total_lag_grade", UNKNOWN)
                .put("health", report.verdict().health().name())
                .put("finding", report.verdict().findings().get(0).name())
                .put(
                        "findings",
                        report.verdict().findings().stream().map(Finding::name).collect(Collectors.joining(",")))
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
        return value;
    }

    private static void putSlot(Struct value, SlotFacts slot) {
        value.put("sent_lsn", text(slot.sentLsn()))
                .put("processed_lsn", text(slot.processedLsn()))
                .put("restart_lsn", text(slot.restartLsn()))
                .put("safe_wal_bytes", slot.safeWalBytes())
                .put("slot_active", slot.active())
                .put("wal_status", slot.walStatus());
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
                .put("lag_records", partition.lagRecords());
    }

    private static String text(Lsn lsn) {
        return lsn == null ? null : lsn.toString();
    }
}
