package io.cdcprogress.model;

/**
 * One partition's part of a report.
 *
 * @param lagRecords records not yet consumed; null if that can't be told
 */
public record PartitionProgress(PartitionOffsets offsets, Long lagRecords) {}
