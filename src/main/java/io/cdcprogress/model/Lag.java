package io.cdcprogress.model;

/**
 * What lies between the positions of a report. Null is "not known"; nothing is ever negative.
 *
 * @param slotBytes WAL that the slot has not confirmed
 * @param retainedBytes WAL that the slot holds on the server's disk
 * @param captureBytes WAL that is not published yet: the capture half of the total
 * @param sinkBytes published WAL that the sink has not consumed: the other half
 * @param totalBytes both halves
 * @param records records that the sink has not consumed
 * @param partitions partitions with such records
 */
public record Lag(
        Long slotBytes,
        Long retainedBytes,
        Long captureBytes,
        Long sinkBytes,
        Long totalBytes,
        Long records,
        Integer partitions) {}
