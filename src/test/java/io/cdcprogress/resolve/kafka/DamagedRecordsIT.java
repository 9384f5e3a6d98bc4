package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Finding;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Unread;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Batches that a disk has damaged, made by changing a byte in the broker's own files: it sends them as they stand there. So
 * patient that a reading which waits for the timeout fails.
 */
@Tag("embedded")
class DamagedRecordsIT {
    /** More than ten: the name of the second is the beginning of that of the eleventh. */
    private static final int PARTITIONS = 12;
    /** Where a batch has its magic number, and, behind its header, its first record's value. */
    private static final long MAGIC = 16;

    private static final long IN_A_VALUE = 100;
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @AutoClose
    private static EmbeddedBroker broker;

    private final ConsumerChangeReader reader = new ConsumerChangeReader(
            ChangeTopic.kafka(Map.of("bootstrap.servers", broker.bootstrapServers())),
            Unique.name("reader"),
            JsonChangeDecoder::new,
            PATIENT);
    private ChangeTopic topic;
    private long batch;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
    }

    /** Two batches of one record in each partition. */
    @BeforeEach
    void fill() throws Exception {
        topic = ChangeTopic.create(broker, PARTITIONS, Map.of());
        for (int i = 0; i < 2; i++) {
            try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of())) {
                topic.send(
                        producer,
                        IntStream.range(0, PARTITIONS)
                                .mapToObj(partition -> new ProducerRecord<byte[], byte[]>(
                                        topic.name, partition, null, ChangeTopic.change(100)))
                                .toList());
            }
        }
        try (RandomAccessFile log = log(0)) {
            batch = log.length() / 2;
        }
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @Test
    void aBatchWithAWrongChecksumIsNamedAndTakesNoOtherPartitionAlong() throws Exception {
        damage(10, IN_A_VALUE);
        damage(11, IN_A_VALUE);
        assertUnreadable(reader.first(points(0)), 0, 10, 11);
        assertUnreadable(reader.first(points(0)), 0, 10, 11);
        assertUnreadable(reader.first(points(1)), 1);
    }

    @Test
    void aBatchWithABrokenHeaderIsNamedAndTakesNoOtherPartitionAlong() throws Exception {
        damage(1, MAGIC);
        damage(3, MAGIC);
        assertUnreadable(reader.first(points(0)), 0, 1, 3);
        assertUnreadable(reader.first(points(0)), 0, 1, 3);
    }

    @Test
    void aDamagedBatchBehindTheFirstRecordIsNotMet() throws Exception {
        damage(1, batch + IN_A_VALUE);
        damage(2, batch + MAGIC);
        assertUnreadable(reader.first(points(0)), 0);
        assertUnreadable(reader.first(points(1)), 1, 1, 2);
    }

    @Test
    void theLastRecordBeforeADamagedOneIsNotTakenForTheLast() throws Exception {
        damage(1, batch + IN_A_VALUE);
        assertUnreadable(reader.lastBefore(points(0)), 1, 1);
    }

    private List<Point> points(long offset) {
        return IntStream.range(0, PARTITIONS)
                .mapToObj(partition -> topic.point(partition, offset, 2))
                .toList();
    }

    private void assertUnreadable(Map<Point, ReadResult> results, long offset, Integer... partitions) {
        assertThat(results).hasSize(PARTITIONS);
        results.forEach((point, result) -> {
            if (List.of(partitions).contains(point.partition().partition())) {
                assertThat(result).as("%s", point).isInstanceOfSatisfying(Unread.class, unread -> {
                    assertThat(unread.failure().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
                    assertThat(unread.failure().detail())
                            .startsWith("the next record of " + topic.name + "-"
                                    + point.partition().partition() + " can't be read");
                });
            } else {
                assertThat(result)
                        .as("%s", point)
                        .isInstanceOfSatisfying(
                                Found.class, found -> assertThat(found.offset()).isEqualTo(offset));
            }
        });
    }

    private void damage(int partition, long at) throws Exception {
        try (RandomAccessFile log = log(partition)) {
            log.seek(at);
            int before = log.read();
            log.seek(at);
            log.write(before ^ 0x55);
        }
    }

    private RandomAccessFile log(int partition) throws Exception {
        try (Admin admin = broker.admin()) {
            String folder = admin.describeLogDirs(List.of(0))
                    .allDescriptions()
                    .get()
                    .get(0)
                    .keySet()
                    .iterator()
                    .next();
            return open(Path.of(folder, topic.name + "-" + partition, "00000000000000000000.log"));
        }
    }

    private static RandomAccessFile open(Path log) throws IOException {
        return new RandomAccessFile(log.toFile(), "rw");
    }
}
