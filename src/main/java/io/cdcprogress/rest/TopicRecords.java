package io.cdcprogress.rest;

import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Where a follower's records go. Called by its thread alone. */
interface TopicRecords {
    void take(ConsumerRecord<byte[], byte[]> record);

    /** What was in the topic when reading began has been taken. */
    void caughtUp();
}
