package io.cdcprogress.model;

import java.time.Instant;

/**
 * Something has been the same for some time.
 *
 * @param token what has been the same; without spaces
 * @param since when it was seen first
 * @param observations how many have seen it
 * @param wal the server's WAL position then; null if not known
 */
public record Window(String token, Instant since, int observations, Lsn wal) {}
