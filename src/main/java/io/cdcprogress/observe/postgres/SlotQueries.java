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
                SELECT CASE WHEN standby THEN GREATEST(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
                            ELSE pg_current_wal_flush_lsn() END AS source_lsn,
                       clock_timestamp() AS observed_at,
                       CASE WHEN NOT standby THEN pg_current_wal_insert_lsn() END AS insert_lsn,
                       standby,
                       (SELECT system_identifier FROM pg_control_system()),
                       CASE WHEN standby THEN (SELECT to_hex(timeline_id) FROM pg_control_checkpoint())
                            ELSE left(pg_walfile_name(pg_current_wal_flush_lsn()), 8) END AS timeline,
                       slot_name, slot_type, database, active_pid, restart_lsn, confirmed_flush_lsn,
                       %s AS wal_status, %s AS safe_wal_size, %s AS invalidation,
                       sent_lsn, write_lsn, o.pid, since
                  FROM (SELECT pg_is_in_recovery() AS standby) AS r
                  LEFT JOIN pg_replication_slots ON slot_name = ANY (?)
                  LEFT JOIN pg_stat_replication w ON w.pid = active_pid
                  LEFT JOIN (SELECT pid, xact_start AS since FROM pg_stat_activity WHERE backend_xid IS NOT NULL
                             UNION ALL SELECT NULL, prepared FROM pg_prepared_xacts
                             ORDER BY since LIMIT 1) AS o ON true
                """.formatted(
                        majorVersion >= 13 ? "wal_status" : "NULL::text",
                        majorVersion >= 13 ? "safe_wal_size" : "NULL::bigint",
                        invalidation(majorVersion))
                // In one line most of it is short enough for pg_stat_activity to show.
                .replaceAll("\\s+", " ")
                .strip();
    }

    private static String invalidation(int majorVersion) {
        if (majorVersion >= 17) {
            return "invalidation_reason";
        }
        return majorVersion == 16 ? "CASE WHEN conflicting THEN 'conflicting' END" : "NULL::text";
    }
}
