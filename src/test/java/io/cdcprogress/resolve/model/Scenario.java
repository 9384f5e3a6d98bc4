package io.cdcprogress.resolve.model;

/** What goes on in a history, besides plain traffic. */
enum Scenario {
    PLAIN,
    /** Records published together take nearly the settle time to arrive, each partition its own. */
    IN_FLIGHT,
    /** Debezium's queue stands still for up to three times the settle time. */
    QUEUE_STALLS,
    /** The source connector is paused: it goes on receiving and publishes nothing. */
    PAUSE,
    /** Debezium dies, loses what it has not delivered, and goes on from its stored offset with another walsender. */
    CRASH_REPLAY,
    /** Exactly once, and transaction markers come seconds after the source offset is stored. */
    LATE_MARKERS,
    /** Exactly once, and crashes leave batches that are aborted. */
    ABORTED_BATCHES,
    TOPICS_APPEAR,
    COMMITS_EXPIRE,
    SNAPSHOT,
    INCREMENTAL_SNAPSHOT,
    COMPACTION,
    RETENTION,
    RECREATION,
    REWINDS,
    /** Nothing is taken by any broker for ten seconds. */
    SLOW_BROKER,
    /** The heartbeat topic is there, but heartbeats have been turned off; Connect tells. */
    HEARTBEATS_LEFT_OVER,
    /** Heartbeats are far apart and on their way for nearly the settle time, while the connector is paused or its queue stalls. */
    RARE_HEARTBEATS,
    REST_FAILS,
    /** Servers and single reads do not answer in time. */
    UNREAD,
    MONITOR_RESTARTS,
    EVERYTHING,
    /** One of several brokers takes nothing for longer than the settle time: breaks what INFERRED assumes. */
    ONE_BROKER_STALLS,
    /** What a dead producer had sent arrives after the next walsender was seen: breaks what INFERRED assumes. */
    LATE_ZOMBIES,
    /**
     * The slot is confirmed up to the last acknowledged record, whatever is in flight to other partitions, and a crash
     * may lose that; without Connect. Breaks what PROVEN assumes.
     */
    ACK_HAZARD;

    boolean is(Scenario... others) {
        for (Scenario other : others) {
            if (this == other) {
                return true;
            }
        }
        return false;
    }

    boolean crashes() {
        return is(CRASH_REPLAY, ABORTED_BATCHES, LATE_ZOMBIES, ACK_HAZARD, EVERYTHING);
    }

    boolean brokersStall() {
        return is(SLOW_BROKER, ONE_BROKER_STALLS);
    }

    boolean pauses() {
        return is(PAUSE, RARE_HEARTBEATS, REST_FAILS, EVERYTHING);
    }

    boolean queueStalls() {
        return is(QUEUE_STALLS, RARE_HEARTBEATS, EVERYTHING);
    }

    /** Whether a proof may fail: everything else about it is still required. */
    boolean breaksProof() {
        return this == ACK_HAZARD;
    }
}
