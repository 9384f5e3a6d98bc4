package io.cdcprogress.model;

import java.time.Instant;

/**
 * What a database server says of itself at one moment.
 *
 * @param sourceLsn WAL flush position ({@code pg_current_wal_flush_lsn()}); on a standby what it has received or
 *     replayed, whichever is further
 * @param insertLsn WAL insert position, read after {@code observedAt}; on a standby the same as {@code sourceLsn}
 * @param observedAt the database's {@code clock_timestamp()} at that position
 * @param systemIdentifier {@code pg_control_system()}: another one is another server
 * @param timeline changes at a failover
 * @param standby {@code pg_is_in_recovery()}
 * @param oldestTransaction null where there is none, or without the right to see other sessions ({@code pg_monitor})
 */
public record ServerFacts(
        Lsn sourceLsn,
        Lsn insertLsn,
        Instant observedAt,
        long systemIdentifier,
        int timeline,
        boolean standby,
        OpenTransaction oldestTransaction) {}
