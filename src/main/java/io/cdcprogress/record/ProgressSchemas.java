package io.cdcprogress.record;

import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaBuilder;
import org.apache.kafka.connect.data.Timestamp;

/**
 * The schemas of the two topics. A promise to their readers: keys never change; a new field of a value is optional
 * with default null; a name is never taken back.
 */
public final class ProgressSchemas {
    private static final int VERSION = 1;

    public static final Schema PROGRESS_KEY = SchemaBuilder.struct()
            .name("io.cdcprogress.PipelineProgressKey")
            .version(VERSION)
            .field("pipeline", text("Name of the pipeline in the connector's configuration."))
            .field("sink_group", text("Consumer group of the sink."))
            .build();

    public static final Schema PROGRESS = SchemaBuilder.struct()
            .name("io.cdcprogress.PipelineProgress")
            .version(VERSION)
            .doc("How far a pipeline and one of its sinks have come, at one observation.")
            .field("pipeline", text("Name of the pipeline in the connector's configuration."))
            .field("sink_group", text("Consumer group of the sink."))
            .field("connector", text("This connector's name in Connect."))
            .field(
                    "sequence",
                    int64("1, 2, 3 ... per key, going on after every restart and rebalance; a gap means lost"
                            + " records."))
            .field("observed_at", timestamp("Time of the observation."))
            .field(
                    "observed_at_clock",
                    text("Whose clock that is: DATABASE, or WORKER when the database did not answer."))
            .field("poll_interval_ms", int64("Interval of the observations: older than three of these is stale."))
            .field("database", text("host:port/dbname of the slot."))
            .field("slot_name", text("Name of the replication slot."))
            .field("source_lsn", optionalText("The server's WAL flush position."))
            .field(
                    "sent_lsn",
                    optionalText("What the slot's walsender has sent; null without a walsender, or without the right"
                            + " to see it (pg_monitor)."))
            .field(
                    "processed_lsn",
                    optionalText("The slot's confirmed_flush_lsn: everything up to here has been handed over for"
                            + " good."))
            .field("restart_lsn", optionalText("Oldest WAL that the slot holds; null once the slot is lost."))
            .field(
                    "lag_bytes",
                    optionalInt64("source_lsn - processed_lsn: what the slot has not confirmed. It may exceed"
                            + " capture_lag_bytes, for the slot is confirmed late."))
            .field(
                    "retained_wal_bytes",
                    optionalInt64("source_lsn - restart_lsn: disk that the slot holds on the server."))
            .field(
                    "safe_wal_bytes",
                    optionalInt64("WAL that may still be written before the slot is invalidated, negative once it may"
                            + " be at any time; null when retention is unlimited, and before PostgreSQL 13."))
            .field("slot_active", optionalBoolean("Whether a walsender reads the slot."))
            .field(
                    "wal_status",
                    optionalText("As pg_replication_slots says: reserved, extended, unreserved, lost; null before"
                            + " PostgreSQL 13."))
            .field("published_lsn", optionalText("Every captured change up to here is in Kafka."))
            .field("capture_lag_bytes", optionalInt64("source_lsn - published_lsn: the capture half of the lag."))
            .field("kafka_cluster_id", optionalText("Cluster of the sink groups."))
            .field(
                    "sink_group_state",
                    optionalText("As the broker spells it, like Stable or Empty; null if there is no such group."))
            .field(
                    "sink_partitions",
                    optionalInt32("Partitions of the topics that the group has committed in or is assigned to."))
            .field("sink_lagging_partitions", optionalInt32("Those with records that are not consumed yet."))
            .field(
                    "blocking_partition",
                    optionalText("topic-partition whose first unconsumed record holds sink_lsn back."))
            .field(
                    "sink_lag_records",
                    optionalInt64("Records not yet consumed, as an upper bound: offsets between committed and end"
                            + " where any data remains; 0 once drained, also behind transaction markers; null if it is"
                            + " not known for any of the partitions."))
            .field(
                    "sink_lsn",
                    optionalText(
                            "The sink has consumed every captured transaction that committed at or before" + " here."))
            .field("sink_lsn_grade", text("How sure sink_lsn is: PROVEN, INFERRED or UNKNOWN."))
            .field("proven_lsn", optionalText("What is proven, also where sink_lsn is inferred."))
            .field("sink_lag_bytes", optionalInt64("published_lsn - sink_lsn: the sink half of the lag."))
            .field("total_lag_bytes", optionalInt64("source_lsn - sink_lsn: both halves."))
            .field(
                    "oldest_unconsumed_at",
                    optionalTimestamp("Commit time, on the source, of the oldest change not yet consumed."))
            .field("total_lag_ms", optionalInt64("Age of that change; 0 when all is consumed."))
            .field("total_lag_grade", text("How sure total_lag_ms is: EXACT, AT_MOST or UNKNOWN."))
            .field("wal_bytes_per_second", optionalFloat64("WAL that the server writes, over the last minute."))
            .field("sink_records_per_second", optionalFloat64("Records that the sink consumes, over the last minute."))
            .field(
                    "catch_up_seconds",
                    optionalInt64("Until the sink has caught up, at those rates; null when it is not approaching."))
            .field("slot_loss_seconds", optionalInt64("Until PostgreSQL invalidates the slot, at that rate."))
            .field("retention_loss_seconds", optionalInt64("Until Kafka's retention overtakes the sink."))
            .field("source_connector_state", optionalText("State of the Debezium connector in Connect."))
            .field("sink_connector_state", optionalText("State of the sink connector in Connect."))
            .field("health", text("OK, BEHIND, AT_RISK, STALLED, LOST or UNKNOWN."))
            .field("finding", text("The first cause that holds."))
            .field("finding_since", optionalTimestamp("Since when that finding holds."))
            .field("findings", text("All causes that hold, comma-separated; empty when none."))
            .field("detail", text("One sentence for the person on call: what, how much, what to do."))
            .build();

    public static final Schema PARTITION_KEY = SchemaBuilder.struct()
            .name("io.cdcprogress.PartitionProgressKey")
            .version(VERSION)
            .field("pipeline", text("Name of the pipeline in the connector's configuration."))
            .field("sink_group", text("Consumer group of the sink."))
            .field("topic", text("Name of the topic."))
            .field(
                    "partition",
                    SchemaBuilder.int32().doc("Number of the partition.").build())
            .build();

    public static final Schema PARTITION = SchemaBuilder.struct()
            .name("io.cdcprogress.PartitionProgress")
            .version(VERSION)
            .doc("How far a sink has come in one partition, at one observation.")
            .field("pipeline", text("Name of the pipeline in the connector's configuration."))
            .field("sink_group", text("Consumer group of the sink."))
            .field("topic", text("Name of the topic."))
            .field(
                    "partition",
                    SchemaBuilder.int32().doc("Number of the partition.").build())
            .field("sequence", int64("That of the progress record of the same observation."))
            .field("observed_at", timestamp("Time of the observation, as in that record."))
            .field("beginning_offset", optionalInt64("Log start offset."))
            .field("committed_offset", optionalInt64("The group's committed offset; null if it has none."))
            .field("end_offset", optionalInt64("End offset, under the sink's isolation level."))
            .field("lag_records", optionalInt64("Records not yet consumed."))
            .field("next_lsn", optionalText("Bound of the first unconsumed record."))
            .field("next_commit_at", optionalTimestamp("Commit time, on the source, of that record."))
            .field("lag_ms", optionalInt64("Age of that record."))
            .build();

    private ProgressSchemas() {}

    private static Schema text(String doc) {
        return SchemaBuilder.string().doc(doc).build();
    }

    private static Schema optionalText(String doc) {
        return SchemaBuilder.string().optional().doc(doc).build();
    }

    private static Schema int64(String doc) {
        return SchemaBuilder.int64().doc(doc).build();
    }

    private static Schema optionalInt64(String doc) {
        return SchemaBuilder.int64().optional().doc(doc).build();
    }

    private static Schema optionalInt32(String doc) {
        return SchemaBuilder.int32().optional().doc(doc).build();
    }

    private static Schema optionalFloat64(String doc) {
        return SchemaBuilder.float64().optional().doc(doc).build();
    }

    private static Schema optionalBoolean(String doc) {
        return SchemaBuilder.bool().optional().doc(doc).build();
    }

    private static Schema timestamp(String doc) {
        return Timestamp.builder().doc(doc).build();
    }

    private static Schema optionalTimestamp(String doc) {
        return Timestamp.builder().optional().doc(doc).build();
    }
}
