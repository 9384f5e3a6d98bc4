package io.cdcprogress.model;

/** A named cause, in the order in which causes are reported: the first that holds is the record's {@code finding}. */
public enum Finding {
    /** The server answered, and it has no such slot. */
    SLOT_MISSING(Health.LOST),
    /** PostgreSQL has invalidated the slot. */
    SLOT_LOST(Health.LOST),
    /** A committed offset lies below the log start: retention deleted records that the sink had not read. */
    DATA_LOSS(Health.LOST),
    /** The slot lives on another server than before, or the server's WAL went back. */
    DATABASE_REPLACED(Health.UNKNOWN),
    /** The server's timeline is another one. */
    FAILOVER(Health.UNKNOWN),
    /** The slot was gone and is there again: what was committed in between reaches the topics only by a new snapshot. */
    SLOT_RECREATED(Health.LOST),
    /** A committed offset lies beyond the end that a later observation read. */
    TOPIC_RECREATED(Health.LOST),
    /** PostgreSQL did not answer in time. */
    SOURCE_UNREACHABLE(Health.UNKNOWN),
    /** Kafka did not answer in time. */
    KAFKA_UNREACHABLE(Health.UNKNOWN),
    /** A server refused: the detail names the missing right. */
    NOT_AUTHORIZED(Health.UNKNOWN),
    /** Connect writes to another Kafka cluster than the one that is observed. */
    CLUSTER_MISMATCH(Health.UNKNOWN),
    /** The broker answered, and it has no such group. */
    SINK_GROUP_MISSING(Health.STALLED),
    /** Records of a snapshot are not consumed yet. */
    SNAPSHOTTING(Health.BEHIND),
    /** Everything answered, but the position of the sink can't be told. */
    POSITION_UNKNOWN(Health.UNKNOWN),
    /** Something is left to do, and the larger part of it is the source connector's. */
    CAPTURE_BEHIND(Health.BEHIND),
    /** Something is left to do, and the larger part of it is the sink's. */
    SINK_BEHIND(Health.BEHIND),
    /** Nothing is left to do. */
    NONE(Health.OK);

    private final Health health;

    Finding(Health health) {
        this.health = health;
    }

    public Health health() {
        return health;
    }
}
