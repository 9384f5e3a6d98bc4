package io.cdcprogress.model;

import java.time.Instant;

/**
 * The oldest transaction on a server that has changed something and has not ended: decoding keeps WAL from its beginning
 * on. From {@code pg_stat_activity} and {@code pg_prepared_xacts}.
 *
 * @param pid of its session; null where it is prepared and waits for COMMIT PREPARED
 * @param since when it began, by the database's clock
 */
public record OpenTransaction(Integer pid, Instant since) {}
