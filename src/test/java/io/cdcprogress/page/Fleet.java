package io.cdcprogress.page;

import static io.cdcprogress.page.CannedAnswers.pipeline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** A pipeline of every verdict, and one that is stale. */
final class Fleet {
    static final ObjectNode LOST = pipeline("billing", """
            {"health": "LOST", "finding": "SLOT_LOST", "findings": "SLOT_LOST,SOURCE_FAILED", "finding_since": 1795618580419,
             "detail": "PostgreSQL has invalidated slot billing: drop it", "slot_active": false, "wal_status": "lost",
             "source_connector_state": "FAILED", "restart_lsn": null, "retained_wal_bytes": null}""");

    static final ObjectNode STALLED = pipeline("orders", """
            {"health": "STALLED", "finding": "SINK_STALLED", "findings": "SINK_STALLED",
             "detail": "sink connector orders is PAUSED; resume it", "sink_connector_state": "PAUSED",
             "sink_lsn": "29/FF98E958", "published_lsn": "2A/2984958", "restart_lsn": "0/1", "capture_lag_bytes": 40960,
             "sink_lag_bytes": 50290688, "total_lag_bytes": 50331648, "total_lag_ms": 2922000, "sink_lag_records": 41233,
             "sink_lagging_partitions": 5, "retention_loss_seconds": 19000}""");

    static final ObjectNode UNKNOWN = pipeline("ledger", """
            {"health": "UNKNOWN", "finding": "SOURCE_UNREACHABLE", "findings": "SOURCE_UNREACHABLE",
             "detail": "db:5432 did not answer within 5 s", "sink_lag_records": 15, "sink_lsn_grade": "UNKNOWN",
             "total_lag_grade": "UNKNOWN", "source_lsn": null, "sent_lsn": null, "processed_lsn": null, "restart_lsn": null,
             "published_lsn": null, "sink_lsn": null, "proven_lsn": null, "lag_bytes": null, "retained_wal_bytes": null,
             "slot_active": null, "wal_status": null, "capture_lag_bytes": null, "sink_lag_bytes": null,
             "total_lag_bytes": null, "total_lag_ms": null, "wal_bytes_per_second": null}""");

    static final ObjectNode AT_RISK = pipeline("audit", """
            {"health": "AT_RISK", "finding": "WAL_LIMIT_NEAR", "findings": "WAL_LIMIT_NEAR",
             "detail": "slot audit will be invalidated in about 38 min", "slot_loss_seconds": 2280}""");

    static final ObjectNode BEHIND = pipeline("clicks", """
            {"health": "BEHIND", "finding": "CAPTURE_BEHIND", "findings": "CAPTURE_BEHIND", "detail": "4 min behind",
             "total_lag_ms": 252000, "total_lag_grade": "AT_MOST", "catch_up_seconds": 140}""");

    static final ObjectNode OK = pipeline("inventory", Map.of());
    static final ObjectNode STALE = pipeline("legacy", Map.of("stale", true, "age_ms", 960_000));

    private Fleet() {}

    /** Not in the order in which they are shown. */
    static ObjectNode[] all() {
        return new ObjectNode[] {OK, STALE, BEHIND, AT_RISK, UNKNOWN, STALLED, LOST};
    }
}
