package io.cdcprogress.resolve;

import io.cdcprogress.model.PartitionId;

/**
 * A stretch of a partition in which a record is looked for.
 *
 * @param pipeline the pipeline's name, whose settings tell how to decode
 * @param offset the first offset of the stretch
 * @param end the offset behind its last
 */
public record Point(String pipeline, PartitionId partition, long offset, long end) {}
