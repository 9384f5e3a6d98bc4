package io.cdcprogress.observe.postgres;

/** The one statement that an observation costs a server, for the columns that its version has. */
final class SlotQueries {
    private SlotQueries() {}

    /**
     * Gives a row for every named slot that exists, and a single row with a null slot where none does.
     *
     * <p>The WAL position is in the select list, not in a subquery: PostgreSQL computes it after it has read the slots,
     * so a slot is never ahead of it. Flush, not insert, for decoding reads only what is flushed.
     *
     * @param majorVersion of the server, 12 or newer
     */
    static String slots(int majorVersion) {
        return """
                SELECT CASE WHEN pg_is_in_recovery()
                            THEN GREATEST(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                            ELSE pg_current_wal_flush_lsn() END AS source_lsn,
                       clock_timestamp() AS observed_at,
                       CASE WHEN pg_is_in_recovery()
                            THEN GREATEST(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                            ELSE pg_current_wal_insert_lsn() END AS insert_lsn,
                       pg_is_in_recovery() AS standby,
                       (SELECT system_identifier FROM pg_control_system()) AS system_identifier,
                       CASE WHEN pg_is_in_recovery()
                            THEN (SELECT timeline_id FROM pg_control_checkpoint())
                            ELSE ('x' || substr(pg_walfile_name(pg_current_wal_flush_lsn()), 1, 8))::bit(32)::int
                            END AS timeline,
                       s.slot_name, s.slot_type, s.database, s.active_pid,
                       s.restart_lsn, s.confirmed_flush_lsn,
                       %s AS wal_status, %s AS safe_wal_size, %s AS invalidation,
                       w.sent_lsn, w.write_lsn,
                       t.pid AS transaction_pid, t.since AS transaction_since
                  FROM (VALUES (1)) AS server (one)
                  LEFT JOIN (SELECT pid, since
                               FROM (SELECT pid, xact_start FROM pg_stat_activity WHERE backend_xid IS NOT NULL
                                     UNION ALL SELECT NULL, prepared FROM pg_prepared_xacts) AS o (pid, since)
                              WHERE since IS NOT NULL ORDER BY since LIMIT 1) AS t ON true
                  LEFT JOIN pg_replication_slots s ON s.slot_name = ANY (?)
                  LEFT JOIN pg_stat_replication w ON w.pid = s.active_pid
                """.formatted(
                        majorVersion >= 13 ? "s.wal_status" : "NULL::text",
                        majorVersion >= 13 ? "s.safe_wal_size" : "NULL::bigint",
                        invalidation(majorVersion))
                // In one line it is short enough for pg_stat_activity to show the whole.
                .replaceAll("\\s+", " ");
    }

    private static String invalidation(int majorVersion) {
        if (majorVersion >= 17) {
            return "s.invalidation_reason";
        }
        return majorVersion == 16 ? "CASE WHEN s.conflicting THEN 'conflicting' END" : "NULL::text";
    }
}
