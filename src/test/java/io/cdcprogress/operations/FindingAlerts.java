package io.cdcprogress.operations;

import static io.cdcprogress.model.Finding.CAPTURE_BEHIND;
import static io.cdcprogress.model.Finding.CLUSTER_MISMATCH;
import static io.cdcprogress.model.Finding.DATABASE_REPLACED;
import static io.cdcprogress.model.Finding.DATA_LOSS;
import static io.cdcprogress.model.Finding.FAILOVER;
import static io.cdcprogress.model.Finding.IDLE_WITHOUT_HEARTBEAT;
import static io.cdcprogress.model.Finding.KAFKA_UNREACHABLE;
import static io.cdcprogress.model.Finding.LONG_TRANSACTION;
import static io.cdcprogress.model.Finding.NONE;
import static io.cdcprogress.model.Finding.NOT_AUTHORIZED;
import static io.cdcprogress.model.Finding.POSITION_UNKNOWN;
import static io.cdcprogress.model.Finding.RETENTION_NEAR;
import static io.cdcprogress.model.Finding.SINK_BEHIND;
import static io.cdcprogress.model.Finding.SINK_FAILED;
import static io.cdcprogress.model.Finding.SINK_GROUP_EMPTY;
import static io.cdcprogress.model.Finding.SINK_GROUP_MISSING;
import static io.cdcprogress.model.Finding.SINK_REWOUND;
import static io.cdcprogress.model.Finding.SINK_STALLED;
import static io.cdcprogress.model.Finding.SLOT_INACTIVE;
import static io.cdcprogress.model.Finding.SLOT_LOST;
import static io.cdcprogress.model.Finding.SLOT_MISSING;
import static io.cdcprogress.model.Finding.SLOT_RECREATED;
import static io.cdcprogress.model.Finding.SNAPSHOTTING;
import static io.cdcprogress.model.Finding.SOURCE_FAILED;
import static io.cdcprogress.model.Finding.SOURCE_STALLED;
import static io.cdcprogress.model.Finding.SOURCE_UNREACHABLE;
import static io.cdcprogress.model.Finding.TOPIC_RECREATED;
import static io.cdcprogress.model.Finding.WAL_LIMIT_NEAR;

import io.cdcprogress.model.Finding;
import java.util.EnumMap;
import java.util.Map;

/** Which alert each finding becomes. */
final class FindingAlerts {
    /** Null where nobody is called, on purpose. */
    static final Map<Finding, String> TABLE = new EnumMap<>(Finding.class);

    static {
        TABLE.put(SLOT_MISSING, "CdcSlotLost");
        TABLE.put(SLOT_LOST, "CdcSlotLost");
        TABLE.put(DATA_LOSS, "CdcChangesLost");
        TABLE.put(DATABASE_REPLACED, "CdcServerReplaced");
        TABLE.put(FAILOVER, "CdcServerReplaced");
        TABLE.put(SLOT_RECREATED, "CdcChangesLost");
        TABLE.put(TOPIC_RECREATED, "CdcChangesLost");
        TABLE.put(SOURCE_UNREACHABLE, "CdcPipelineUnreachable");
        TABLE.put(KAFKA_UNREACHABLE, "CdcPipelineUnreachable");
        TABLE.put(NOT_AUTHORIZED, "CdcPipelineUnknown");
        TABLE.put(CLUSTER_MISMATCH, "CdcPipelineUnknown");
        TABLE.put(SOURCE_FAILED, "CdcSourceStalled");
        TABLE.put(SINK_FAILED, "CdcSinkStalled");
        TABLE.put(SLOT_INACTIVE, "CdcSourceStalled");
        TABLE.put(SINK_GROUP_MISSING, "CdcSinkStalled");
        TABLE.put(SINK_GROUP_EMPTY, "CdcSinkStalled");
        TABLE.put(SOURCE_STALLED, "CdcSourceStalled");
        TABLE.put(SINK_STALLED, "CdcSinkStalled");
        TABLE.put(WAL_LIMIT_NEAR, "CdcSlotLossNear");
        TABLE.put(RETENTION_NEAR, "CdcRetentionLossNear");
        TABLE.put(SINK_REWOUND, "CdcSinkRewound");
        TABLE.put(LONG_TRANSACTION, "CdcLongTransaction");
        TABLE.put(IDLE_WITHOUT_HEARTBEAT, "CdcIdleWithoutHeartbeat");
        // It is on its way, and what it may cost has alerts of its own: CdcRetainedWalLarge, CdcSlotLossNear.
        TABLE.put(SNAPSHOTTING, null);
        TABLE.put(POSITION_UNKNOWN, "CdcPipelineUnknown");
        // Once it is later than CdcPipelineBehind allows.
        TABLE.put(CAPTURE_BEHIND, "CdcPipelineBehind");
        TABLE.put(SINK_BEHIND, "CdcPipelineBehind");
        // Nothing is wrong.
        TABLE.put(NONE, null);
    }

    private FindingAlerts() {}
}
