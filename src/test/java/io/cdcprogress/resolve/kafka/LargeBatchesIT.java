package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Unread;
import io.cdcprogress.stack.ProxiedBroker;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Batches beyond what a fetch asks of a partition. A broker sends the first of them whole, and of the other partitions what
 * is small enough.
 */
@Tag("embedded")
class LargeBatchesIT {
    private static final int LARGE = 1_000_000;
    /** What a request to the broker has beside a megabyte. */
    private static final int MORE = 10_000;

    @AutoClose
    private static ProxiedBroker broker;

    private final String clientId = Unique.name("large");

    @BeforeAll
    static void start() {
        broker = ProxiedBroker.start();
    }

    @AfterEach
    void passAll() {
        broker.proxy().release();
        broker.proxy().unlimited();
    }

    @Test
    void eachTakesAFetchOfItsOwnAndNoMoreMemoryThanOneOfThem() throws Exception {
        int partitions = 100;
        ChangeTopic topic = topic(partitions, LARGE, 2);
        List<Point> points = points(topic, 2);
        try (ConsumerChangeReader reader = reader(Duration.ofMinutes(1))) {
            assertFound(reader.first(points), partitions);
            ConsumerCount count = ConsumerCount.of(clientId);
            assertThat(count.fetches()).isBetween((long) partitions, partitions + 2L);
            assertThat(count.records())
                    .as("the second of one may be on its way")
                    .isBetween(100L, 102L);
            assertThat(count.largestFetch()).as("bytes in one answer").isBetween((long) LARGE, (long) LARGE + MORE);
            assertThat(count.received()).isLessThan((partitions + 2L) * (LARGE + MORE));
        }
    }

    @Test
    void thoseOfUsualSizeAreNotHeldUpByThem() throws Exception {
        int partitions = 100;
        ChangeTopic large = topic(20, LARGE, 1);
        ChangeTopic usual = topic(partitions, 1_000, 1);
        List<Point> points = new ArrayList<>(points(large, 1));
        points.addAll(points(usual, 1));
        try (ConsumerChangeReader reader = reader(Duration.ofMinutes(1))) {
            assertFound(reader.first(points), points.size());
            assertThat(ConsumerCount.of(clientId).fetches()).isBetween(20L, 23L);
        }
    }

    /** Every committed offset moves between any two observations, so that all are to be read again at each of them. */
    @Test
    void whereTimeIsTooShortForAllEachIsReachedAtOneOfTheNextObservations() throws Exception {
        int partitions = 40;
        ChangeTopic topic = topic(partitions, LARGE, 1);
        List<Point> points = points(topic, 1);
        Set<Point> reached = new HashSet<>();
        int observations = 0;
        try (ConsumerChangeReader reader = reader(Duration.ofMillis(1_500))) {
            reader.first(points.subList(0, 1));
            broker.proxy().limit(4_000);
            while (reached.size() < partitions && observations < 40) {
                Map<Point, ReadResult> results = assertTimeout(Duration.ofSeconds(3), () -> reader.first(points));
                results.forEach((point, result) -> {
                    if (result instanceof Found) {
                        reached.add(point);
                    }
                });
                observations++;
            }
        }
        assertThat(reached).as("after %s observations", observations).hasSize(partitions);
        assertThat(observations).as("that the time was too short").isGreaterThan(1);
    }

    @Test
    void aBrokerThatStopsToAnswerIsNotSentARequestForEachPartition() throws Exception {
        int partitions = 200;
        ChangeTopic topic = topic(partitions, 1_000, 1);
        List<Point> points = points(topic, 1);
        try (ConsumerChangeReader reader = reader(Duration.ofSeconds(3))) {
            assertFound(reader.first(points), partitions);
            broker.proxy().hold();
            ConsumerCount before = ConsumerCount.of(clientId);
            assertThat(assertTimeout(Duration.ofSeconds(5), () -> reader.first(points))
                            .values())
                    .allMatch(Unread.class::isInstance);
            assertThat(ConsumerCount.of(clientId).since(before).requests()).isLessThanOrEqualTo(20);
        }
    }

    private ConsumerChangeReader reader(Duration timeout) {
        return new ConsumerChangeReader(
                ChangeTopic.kafka(Map.of("bootstrap.servers", broker.proxiedBootstrapServers())),
                clientId,
                JsonChangeDecoder::new,
                timeout);
    }

    private static void assertFound(Map<Point, ReadResult> results, int count) {
        assertThat(results)
                .hasSize(count)
                .allSatisfy((point, result) -> assertThat(result).isInstanceOf(Found.class));
    }

    private static List<Point> points(ChangeTopic topic, int end) {
        return IntStream.range(0, topic.partitions)
                .mapToObj(partition -> topic.point(partition, 0, end))
                .toList();
    }

    /** Each record is a batch. */
    private static ChangeTopic topic(int partitions, int bytes, int records) {
        ChangeTopic topic = ChangeTopic.create(broker, partitions, Map.of("max.message.bytes", "2000000"));
        byte[] change = ChangeTopic.change(100);
        byte[] value = Arrays.copyOf(change, bytes);
        Arrays.fill(value, change.length, bytes, (byte) ' ');
        try (KafkaProducer<byte[], byte[]> producer =
                topic.producer(Map.of("max.request.size", 2_000_000, "batch.size", 1))) {
            for (int record = 0; record < records; record++) {
                topic.send(
                        producer,
                        IntStream.range(0, partitions)
                                .mapToObj(partition ->
                                        new ProducerRecord<byte[], byte[]>(topic.name, partition, null, value))
                                .toList());
            }
        }
        return topic;
    }
}
