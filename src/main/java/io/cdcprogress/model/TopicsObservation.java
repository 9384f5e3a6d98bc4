package io.cdcprogress.model;

import java.util.Map;

/**
 * What one look at the topics of a pipeline gave: those that it feeds, whoever consumes them.
 *
 * @param listedAt {@link System#nanoTime} before the listing of topics that this rests on was asked for: records of
 *     topics and partitions that came later are not in it
 * @param readAt {@link System#nanoTime} after the ends were read
 * @param topics by name; empty also where they could not be listed
 * @param ends high watermarks of all their partitions, read after the database; a partition whose end was not read is
 *     not in it
 * @param unread whether the topics or an end could not be read, so that nothing can be told from what is missing here
 * @param heartbeat the partition of Debezium's heartbeat topic; null where there is none
 * @param heartbeatEnd its end; null where there is no such topic or it was not read
 */
public record TopicsObservation(
        long listedAt,
        long readAt,
        Map<String, TopicFacts> topics,
        Map<PartitionId, Long> ends,
        boolean unread,
        PartitionId heartbeat,
        Long heartbeatEnd) {
    public TopicsObservation {
        topics = Map.copyOf(topics);
        ends = Map.copyOf(ends);
    }
}
