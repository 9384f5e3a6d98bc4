package io.cdcprogress.model;

/** A named cause, in the order in which causes are reported: the first that holds is the record's {@code finding}. */
public enum Finding {
    SLOT_MISSING(Health.LOST, "The server answered, and it has no such slot."),
    SLOT_LOST(Health.LOST, "PostgreSQL has invalidated the slot: changes can't be read any more."),
    DATA_LOSS(
            Health.LOST,
            "A committed offset lies below the log start: retention deleted records that the sink had not read."),
    DATABASE_REPLACED(Health.UNKNOWN, "The slot lives on another server than before, or the server's WAL went back."),
    FAILOVER(Health.UNKNOWN, "The server is on another timeline than before."),
    SLOT_RECREATED(
            Health.LOST,
            "The slot was gone and is there again, or is ahead of what Debezium has ever handed over: what was committed in"
                    + " between reaches the topics only by a new snapshot."),
    TOPIC_RECREATED(
            Health.LOST,
            "A topic is another one under the same name, or a committed offset lies beyond the end that a later observation"
                    + " read."),
    SOURCE_UNREACHABLE(Health.UNKNOWN, "PostgreSQL did not answer in time. The other half is still published."),
    KAFKA_UNREACHABLE(Health.UNKNOWN, "Kafka did not answer in time. The other half is still published."),
    NOT_AUTHORIZED(Health.UNKNOWN, "A server refused: the detail names the missing right."),
    CLUSTER_MISMATCH(Health.UNKNOWN, "Connect writes to another Kafka cluster than the one that is observed."),
    SOURCE_FAILED(Health.STALLED, "Connect says that the Debezium connector or its task is FAILED."),
    SINK_FAILED(Health.STALLED, "Connect says that the sink connector or one of its tasks is FAILED."),
    SLOT_INACTIVE(
            Health.STALLED,
            "No walsender has been on the slot in at least two observations and for 30 s, or stall.after.ms where that is"
                    + " shorter."),
    SINK_GROUP_MISSING(Health.STALLED, "The broker answered, and it has no such group."),
    SINK_GROUP_EMPTY(
            Health.STALLED,
            "The group has no members, data waits, and no committed offset has moved for stall.after.ms; at once when"
                    + " Connect says that the sink connector is gone, STOPPED or PAUSED."),
    SOURCE_STALLED(
            Health.STALLED,
            "PostgreSQL has sent more than is in the topics for stall.after.ms, the topics stand still, and neither"
                    + " heartbeats nor Connect show that the connector publishes; at once when Connect says PAUSED or"
                    + " STOPPED."),
    SINK_STALLED(
            Health.STALLED,
            "Data waits in a partition whose committed offset has not moved for stall.after.ms, though the group has"
                    + " members; at once when Connect says PAUSED."),
    WAL_LIMIT_NEAR(
            Health.AT_RISK,
            "The slot is unreserved, or PostgreSQL will invalidate it within slot.loss.horizon.ms at this rate."),
    RETENTION_NEAR(
            Health.AT_RISK, "Kafka's retention will overtake the sink within retention.loss.horizon.ms at this rate."),
    SINK_REWOUND(
            Health.AT_RISK, "A committed offset went back on the same topic, and has not come to where it was again."),
    LONG_TRANSACTION(
            Health.AT_RISK,
            "A transaction has been open for stall.after.ms and keeps the slot's restart_lsn where it is, while"
                    + " processed_lsn moves and the retained WAL grows."),
    IDLE_WITHOUT_HEARTBEAT(
            Health.AT_RISK,
            "Nothing captured is changed while the server writes: everything is sent, the topics stand still, nothing is"
                    + " confirmed, and the retained WAL grows for no reason."),
    SNAPSHOTTING(Health.BEHIND, "Records of the initial snapshot are not consumed yet."),
    POSITION_UNKNOWN(
            Health.UNKNOWN, "Everything answered, but the position of the sink can't be told: the detail says why."),
    CAPTURE_BEHIND(
            Health.BEHIND,
            "The lag is above behind.min.ms and behind.min.bytes, and the larger half of it is the source connector's."),
    SINK_BEHIND(
            Health.BEHIND,
            "The lag is above behind.min.ms and behind.min.bytes, and the larger half of it is the sink's."),
    NONE(Health.OK, "Otherwise: everything is known, and the lag is below the floors.");

    private final Health health;
    private final String meaning;

    Finding(Health health, String meaning) {
        this.health = health;
        this.meaning = meaning;
    }

    public Health health() {
        return health;
    }

    /** When it holds; a sentence for the documentation. */
    public String meaning() {
        return meaning;
    }
}
