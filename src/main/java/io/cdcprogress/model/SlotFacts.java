package io.cdcprogress.model;

/**
 * A row of {@code pg_replication_slots}, with its walsender's row of {@code pg_stat_replication}.
 *
 * @param processedLsn {@code confirmed_flush_lsn}; null for a slot that never was consistent
 * @param restartLsn null once the slot is lost
 * @param sentLsn null without a walsender, or without the right to see it (role {@code pg_monitor})
 * @param writeLsn what the walsender's client has reported to have received; null where {@code sentLsn} is
 * @param activePid the walsender's process; null when nobody reads the slot
 * @param walStatus null before PostgreSQL 13
 * @param safeWalBytes null before PostgreSQL 13, when retention is unlimited, and once the slot is lost
 * @param invalidation why PostgreSQL invalidated the slot; null while it did not, and before PostgreSQL 16
 */
public record SlotFacts(
        Lsn processedLsn,
        Lsn restartLsn,
        Lsn sentLsn,
        Lsn writeLsn,
        Integer activePid,
        String walStatus,
        Long safeWalBytes,
        String invalidation) {
    private static final String LOST = "lost";

    /** Whether PostgreSQL has invalidated it, so that nobody can read from it any more. */
    public boolean lost() {
        return LOST.equals(walStatus) || invalidation != null;
    }

    public boolean active() {
        return activePid != null;
    }
}
