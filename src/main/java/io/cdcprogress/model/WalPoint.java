package io.cdcprogress.model;

import java.time.Instant;

/**
 * A sample of the WAL's growth: at this time everything committed earlier lay at or before this position.
 *
 * @param lsn WAL insert position, read after {@code at}
 * @param at the database's clock
 */
public record WalPoint(Lsn lsn, Instant at) {}
