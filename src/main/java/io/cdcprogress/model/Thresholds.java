package io.cdcprogress.model;

import java.time.Duration;

/**
 * What a pipeline's user calls late.
 *
 * @param stallAfter how long a position must stand still, with work waiting, to be called stalled
 * @param flushInterval how long a position may rightly stand still: the longest {@code offset.flush.interval.ms}
 * @param behindTime a lag that is not older is not called behind
 * @param behindBytes a lag that is not larger is not called behind
 * @param slotLossHorizon how early the loss of the slot is foretold
 * @param retentionLossHorizon how early the loss of unconsumed records is foretold
 * @param positions whether positions are wanted at all: without, the slot and the offsets are judged alone
 */
public record Thresholds(
        Duration stallAfter,
        Duration flushInterval,
        Duration behindTime,
        long behindBytes,
        Duration slotLossHorizon,
        Duration retentionLossHorizon,
        boolean positions) {}
