package io.cdcprogress.model;

import java.util.List;

/**
 * What is kept of a sink's position over restarts.
 *
 * @param incarnation what the positions belong to: system identifier, timeline, slot and topic ids; null if unknown
 * @param proven null if nothing has been proven
 * @param inferred null if nothing has been inferred
 * @param pid the walsender that {@code inferred} rests on; null without it
 * @param walClock the newest samples of the WAL's growth, oldest first
 */
public record PositionMemory(String incarnation, Lsn proven, Lsn inferred, Integer pid, List<WalPoint> walClock) {
    public static final PositionMemory NONE = new PositionMemory(null, null, null, null, List.of());

    public PositionMemory {
        walClock = List.copyOf(walClock);
    }
}
