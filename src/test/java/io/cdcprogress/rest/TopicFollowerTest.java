package io.cdcprogress.rest;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class TopicFollowerTest {
    @Test
    void aConsumerThatLacksAClassIsToldAndTriedAgain() {
        AtomicInteger tries = new AtomicInteger();
        TopicFollower follower = new TopicFollower(
                "cdc.progress",
                Duration.ofDays(1),
                () -> {
                    tries.incrementAndGet();
                    throw new NoClassDefFoundError("of/a/LoginModule");
                },
                new TopicRecords() {
                    @Override
                    public void take(ConsumerRecord<byte[], byte[]> record) {}

                    @Override
                    public void caughtUp() {}
                },
                () -> 0);
        new Thread(follower, "follower").start();
        try {
            await().until(() -> follower.notReady().contains("NoClassDefFoundError: of/a/LoginModule"));
            await().until(() -> tries.get() >= 2);
        } finally {
            follower.close();
        }
    }
}
