package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A topic of a real broker, followed: from when on, and over what. */
@OnStack
class TopicFollowerIT {
    private static final long NOW = System.currentTimeMillis();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final SharedStack stack;
    private final String topic = Unique.name("followed");
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger consumers = new AtomicInteger();
    /** The number of the consumer that fails at its next poll. */
    private volatile int failing;

    private TopicFollower follower;

    TopicFollowerIT(SharedStack stack) {
        this.stack = stack;
    }

    private void follow() throws InterruptedException {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                stack.broker().bootstrapServers(),
                "auto.offset.reset",
                "earliest",
                "enable.auto.commit",
                false,
                "allow.auto.create.topics",
                false,
                "metadata.max.age.ms",
                500);
        follower = new TopicFollower(
                topic,
                Duration.ofHours(1),
                () -> {
                    int number = consumers.incrementAndGet();
                    return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer()) {
                        @Override
                        public ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
                            if (failing == number) {
                                throw new KafkaException("made up");
                            }
                            return super.poll(timeout);
                        }
                    };
                },
                new TopicRecords() {
                    @Override
                    public void take(ConsumerRecord<byte[], byte[]> record) {
                        taken.add(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8));
                    }

                    @Override
                    public void caughtUp() {
                        taken.add("caught up");
                    }
                },
                () -> NOW);
        new Thread(follower, "follower-" + topic).start();
    }

    @AfterEach
    void close() {
        follower.close();
    }

    private void produce(int partition, long timestamp, String value) throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.broker().bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, partition, timestamp, "key", value))
                    .get();
        }
    }

    private void awaitTaken(String... values) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(taken).containsExactly(values));
    }

    @Test
    void itBeginsAnHourAgoAndGoesOn() throws Exception {
        stack.broker().createTopic(topic, 2);
        produce(0, NOW - 3_600_001, "old");
        produce(0, NOW - 3_600_000, "an hour");
        produce(1, NOW - 7_200_000, "older");
        follow();
        awaitTaken("an hour", "caught up");
        assertThat(follower.notReady()).isNull();
        produce(1, NOW, "new");
        awaitTaken("an hour", "caught up", "new");
    }

    @Test
    void aTopicThatIsNotThereYetIsWaitedForInWords() throws Exception {
        follow();
        await().atMost(PATIENCE).until(() -> follower.notReady().contains("there is no topic " + topic));
        stack.broker().createTopic(topic, 1);
        awaitTaken("caught up");
        produce(0, NOW, "first");
        awaitTaken("caught up", "first");
    }

    @Test
    void partitionsThatAreAddedAreReadToo() throws Exception {
        stack.broker().createTopic(topic, 1);
        follow();
        awaitTaken("caught up");
        try (Admin admin = stack.broker().admin()) {
            admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(2)))
                    .all()
                    .get();
        }
        produce(1, NOW, "added");
        awaitTaken("caught up", "added");
    }

    @Test
    void aTopicThatIsDeletedAndMadeAnewIsFollowedAgain() throws Exception {
        stack.broker().createTopic(topic, 1);
        produce(0, NOW, "one");
        follow();
        awaitTaken("one", "caught up");
        try (Admin admin = stack.broker().admin()) {
            admin.deleteTopics(List.of(topic)).all().get();
            await().atMost(PATIENCE)
                    .until(() -> !admin.listTopics().names().get().contains(topic));
        }
        stack.broker().createTopic(topic, 1);
        await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
            produce(0, NOW, "another");
            return taken.contains("another");
        });
    }

    @Test
    void afterAnErrorItGoesOnWhereItWas() throws Exception {
        stack.broker().createTopic(topic, 1);
        produce(0, NOW, "one");
        failing = 1;
        follow();
        await().atMost(PATIENCE).until(() -> consumers.get() == 2);
        awaitTaken("one", "caught up");
        failing = 2;
        await().atMost(PATIENCE).until(() -> consumers.get() == 3);
        produce(0, NOW, "two");
        awaitTaken("one", "caught up", "two");
        assertThat(follower.notReady()).isNull();
    }
}
