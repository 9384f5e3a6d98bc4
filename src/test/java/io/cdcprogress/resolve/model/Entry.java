package io.cdcprogress.resolve.model;

/** One offset of a log. */
final class Entry {
    final Log log;
    final long offset;
    /** Null for a transaction marker. */
    final Rec rec;

    final long sentAt;
    /** Null where it is no part of a producer's transaction. */
    final Object batch;

    boolean decided;
    boolean aborted;
    boolean compactedAway;

    Entry(Log log, Rec rec, long sentAt, Object batch) {
        this.log = log;
        this.offset = log.end();
        this.rec = rec;
        this.sentAt = sentAt;
        this.batch = batch;
        this.decided = batch == null;
        log.entries.add(this);
    }

    /** Whether a consumer would see it. */
    boolean data() {
        return rec != null && !aborted && !compactedAway && offset >= log.start;
    }
}
