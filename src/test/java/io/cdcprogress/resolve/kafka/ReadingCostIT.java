package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Nothing;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.Unique;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What readings cost the brokers and this JVM, by the consumers' own count. */
@Tag("embedded")
class ReadingCostIT {
    private static final MBeanServer BEANS = ManagementFactory.getPlatformMBeanServer();

    @AutoClose
    private static EmbeddedBroker broker;

    private final String clientId = Unique.name("reader");
    private final ConsumerChangeReader reader = new ConsumerChangeReader(
            ChangeTopic.kafka(Map.of("bootstrap.servers", broker.bootstrapServers())),
            clientId,
            JsonChangeDecoder::new,
            Duration.ofMinutes(1));

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
    }

    @AfterEach
    void close() throws Exception {
        reader.close();
        assertThat(BEANS.queryNames(new ObjectName("kafka.consumer:client-id=" + clientId + "*,*"), null))
                .isEmpty();
    }

    @Test
    void nothingToReadMakesNoConsumerAndSendsNothing() throws Exception {
        assertThat(reader.first(List.of())).isEmpty();
        assertThat(reader.lastBefore(List.of())).isEmpty();
        assertThat(BEANS.queryNames(new ObjectName("kafka.consumer:client-id=" + clientId + ",*"), null))
                .isEmpty();
        readAll(withOneRecordEach(3));
        double before = requests();
        assertThat(reader.first(List.of())).isEmpty();
        assertThat(requests()).isEqualTo(before);
    }

    @Test
    void requestsDoNotGrowWithPartitions() throws Exception {
        ChangeTopic few = withOneRecordEach(2);
        ChangeTopic many = withOneRecordEach(200);
        readAll(few);
        double start = requests();
        readAll(few);
        double ofFew = requests() - start;
        start = requests();
        readAll(many);
        assertThat(requests() - start).isLessThanOrEqualTo(ofFew + 4);
    }

    /** As ExtractNewRecordState leaves them where nothing was added. */
    @Test
    void eventsThatTellNoPositionAreReadFarBackAFewTimesAndThenNoMore() throws Exception {
        int partitions = 4;
        ChangeTopic topic =
                ChangeTopic.create(Map.of("bootstrap.servers", broker.bootstrapServers()), partitions, Map.of());
        send(topic, partitions, 1_200, "{\"id\":7}".getBytes(UTF_8));
        for (int i = 0; i < 3; i++) {
            assertThat(recordsOfLooks(topic, 1_200)).isGreaterThan(partitions * 950L);
        }
        for (int i = 0; i < 20; i++) {
            assertThat(recordsOfLooks(topic, 1_200)).isLessThanOrEqualTo(partitions * 16L);
        }
        send(topic, 1, 1, ChangeTopic.change(100));
        assertThat(recordsOfLooks(topic, 1_200))
                .as("the end of a partition tells something again")
                .isBetween(1L, partitions * 16L + 1);
        Point told = topic.point(0, 0, 1_201);
        assertThat(reader.lastBefore(List.of(told)).get(told)).isInstanceOf(Found.class);
        assertThat(recordsOfLooks(topic, 1_200)).isGreaterThan(partitions * 950L);
    }

    private long recordsOfLooks(ChangeTopic topic, long end) throws InterruptedException {
        ConsumerCount before = ConsumerCount.of(clientId);
        List<Point> points = IntStream.range(0, topic.partitions)
                .mapToObj(partition -> topic.point(partition, 0, end))
                .toList();
        assertThat(reader.lastBefore(points).values()).containsOnly(new Nothing());
        return ConsumerCount.of(clientId).since(before).records();
    }

    private static void send(ChangeTopic topic, int partitions, int records, byte[] value) {
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of("enable.idempotence", false))) {
            topic.send(
                    producer,
                    IntStream.range(0, partitions * records)
                            .mapToObj(i -> new ProducerRecord<byte[], byte[]>(topic.name, i % partitions, null, value))
                            .toList());
        }
    }

    /** Its metrics, about 15 for each partition that it ever had, stay with a consumer until its end. */
    @Test
    void metricsOfPartitionsThatAreReadNoMoreDoNotPileUp() throws Exception {
        List<ChangeTopic> topics =
                IntStream.range(0, 4).mapToObj(i -> withOneRecordEach(900)).toList();
        int most = 0;
        for (ChangeTopic topic : topics) {
            readAll(topic);
            most = Math.max(most, partitionBeans());
        }
        assertThat(most).isBetween(900, PointConsumer.MOST + 900);
        assertThat(partitionBeans()).as("after the fourth").isEqualTo(900);
    }

    private int partitionBeans() throws Exception {
        return BEANS.queryNames(
                        new ObjectName("kafka.consumer:type=consumer-fetch-manager-metrics,client-id=" + clientId
                                + ",topic=*,partition=*"),
                        null)
                .size();
    }

    private double requests() throws Exception {
        return ((Number) BEANS.getAttribute(
                        new ObjectName("kafka.consumer:type=consumer-metrics,client-id=" + clientId), "request-total"))
                .doubleValue();
    }

    private void readAll(ChangeTopic topic) throws InterruptedException {
        List<Point> points = IntStream.range(0, topic.partitions)
                .mapToObj(partition -> topic.point(partition, 0, 1))
                .toList();
        assertThat(reader.first(points))
                .hasSize(topic.partitions)
                .allSatisfy((point, result) -> assertThat(result).isInstanceOf(Found.class));
    }

    private static ChangeTopic withOneRecordEach(int partitions) {
        ChangeTopic topic = ChangeTopic.create(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                partitions,
                Map.of("segment.index.bytes", "1024"));
        send(topic, partitions, 1, ChangeTopic.change(100));
        return topic;
    }
}
