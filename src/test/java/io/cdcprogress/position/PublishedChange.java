package io.cdcprogress.position;

import org.apache.kafka.common.TopicPartition;

/**
 * A record on a data topic.
 *
 * @param xid the transaction that it belongs to
 * @param identity what a replay of the same change has as well
 * @param tombstone follows the deletion of the same transaction, and counts as no row
 */
record PublishedChange(
        TopicPartition partition, long offset, long xid, String identity, boolean snapshot, boolean tombstone) {}
