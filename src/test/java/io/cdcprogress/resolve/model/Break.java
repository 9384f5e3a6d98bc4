package io.cdcprogress.resolve.model;

/** Ways to break the resolver on purpose, by what it is fed: to show that the model test would notice. */
enum Break {
    NONE,
    /** The record's own LSN in place of its bound. */
    LSN_FOR_BOUND,
    /** Ends are read before the frontier, so what the frontier covers may lie beyond them. */
    ENDS_BEFORE_FRONTIER,
    /** Of a tombstone, the next record's position in place of an earlier one's. */
    FORWARD_OVER_TOMBSTONE,
    /** One offset left is taken for a transaction marker. */
    ONE_LEFT_IS_DRAINED,
    /** Any offset left is taken for a record. */
    ANY_LEFT_IS_LAG,
    /** Drained topics are taken for a drained pipeline. */
    NO_FRONTIER,
    /** Positions up to the last stable offset in place of the high watermark. */
    STABLE_END,
    /** Partitions without a commit do not count. */
    NEW_PARTITION_LEFT_OUT,
    /** A new walsender looks like the one before. */
    HEADS_OF_ANOTHER_WALSENDER
}
