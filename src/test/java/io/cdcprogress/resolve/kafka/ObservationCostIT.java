package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.observe.kafka.SinkOffsetObserver;
import io.cdcprogress.resolve.PositionResolver;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What whole observations read, one after the other: offsets are observed and positions resolved as a task does it. */
@Tag("embedded")
class ObservationCostIT {
    private static final int PARTITIONS = 60;
    private static final int RECORDS = 3;
    /** What is asked of one partition at most, if its first batch is not larger. */
    private static final long PARTITION_FETCH = 64 * 1024;
    /** Far above every bound in the topics, so that these alone decide. */
    private static final Lsn SOURCE = new Lsn(1_000_000);

    @AutoClose
    private static EmbeddedBroker broker;

    private final String group = Unique.name("sink");
    private final String clientId = Unique.name("cost");
    private ChangeTopic topic;
    private SinkOffsetObserver observer;
    private ConsumerChangeReader reader;
    private PositionResolver resolver;
    private CdcProgressConfig config;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
    }

    @AfterEach
    void close() {
        observer.close();
        reader.close();
    }

    @Test
    void aRecordIsReadOnceAndAgainOnlyWhereTheCommittedOffsetMoved() throws Exception {
        watch(ChangeTopic.create(broker, PARTITIONS, Map.of()));
        fill(RECORDS, new byte[0]);
        commitAll(0);
        ConsumerCount first = observing(() -> assertThat(lagging()).hasSize(PARTITIONS));
        assertThat(first.records()).as("one fetch gives all, each once").isEqualTo(PARTITIONS * RECORDS);
        assertThat(first.fetches()).as("fetches").isEqualTo(1);
        for (int i = 0; i < 3; i++) {
            ConsumerCount standing = observing(() -> assertThat(lagging()).hasSize(PARTITIONS));
            assertThat(standing.requests()).as("nothing has moved").isZero();
        }
        commit(Map.of(7, 1L));
        ConsumerCount moved = observing(() -> assertThat(lagging()).hasSize(PARTITIONS));
        assertThat(moved.records())
                .as("what is left in the partition that moved")
                .isEqualTo(RECORDS - 1);
        commitAll(RECORDS);
        ConsumerCount drained = observing(() -> assertThat(lagging()).isEmpty());
        assertThat(drained.requests()).as("drained").isZero();
    }

    /** Of what a broker sends, the first record counts: the less of it the better, but a batch is the least. */
    @Test
    void ofALongBacklogOnlyItsFirstBytesAreRead() throws Exception {
        watch(ChangeTopic.create(broker, PARTITIONS, Map.of()));
        fill(20, new byte[10_000]);
        commitAll(0);
        ConsumerCount first = observing(() -> assertThat(lagging()).hasSize(PARTITIONS));
        assertThat(first.fetches()).isEqualTo(1);
        assertThat(first.largestFetch()).as("bytes in one answer").isLessThanOrEqualTo(PARTITIONS * PARTITION_FETCH);
        commitAll(1);
        ConsumerCount second = observing(() -> assertThat(lagging()).hasSize(PARTITIONS));
        // The client asks for what comes next before it hands over what has come, once for each reading.
        assertThat(second.received()).isLessThan(2 * PARTITIONS * PARTITION_FETCH + 1_000_000);
        assertThat(second.fetches()).isLessThanOrEqualTo(2);
    }

    private Map<Integer, PartitionPosition> lagging() throws InterruptedException {
        SinkPosition position = observe();
        assertThat(position.partitions()).hasSize(PARTITIONS);
        return position.partitions().entrySet().stream()
                .filter(partition -> partition.getValue().state() == PartitionPosition.State.LAGGING)
                .collect(Collectors.toMap(partition -> partition.getKey().partition(), Map.Entry::getValue));
    }

    private ConsumerCount observing(Observing observing) throws Exception {
        ConsumerCount before = ConsumerCount.of(clientId);
        observing.observe();
        return ConsumerCount.of(clientId).since(before);
    }

    private interface Observing {
        void observe() throws Exception;
    }

    private void watch(ChangeTopic changes) {
        topic = changes;
        config = new CdcProgressConfig(Map.of(
                "database.hostname", "unused",
                "database.dbname", "unused",
                "database.user", "unused",
                "pipelines", "shop",
                "pipelines.shop.topics.regex", topic.name,
                "pipelines.shop.sink.groups", group,
                "kafka.bootstrap.servers", broker.bootstrapServers()));
        observer = new SinkOffsetObserver(config.kafka(), clientId, config.pipelines(), Duration.ofMinutes(1));
        reader = new ConsumerChangeReader(config.kafka(), clientId, JsonChangeDecoder::new, Duration.ofMinutes(1));
        resolver = new PositionResolver(
                config.pipelines(), reader, Map.of(), Duration.ofSeconds(5), (pipeline, mistake) -> {
                    throw mistake;
                });
    }

    /** With a database and a Connect that stand still. */
    private SinkPosition observe() throws InterruptedException {
        ServerFacts server = new ServerFacts(SOURCE, SOURCE, Instant.EPOCH, 1, 1, false, null);
        SlotFacts slot = new SlotFacts(SOURCE, SOURCE, SOURCE, SOURCE, 1, "reserved", null, null);
        SourceConnectorFacts source = new SourceConnectorFacts(true, true, SOURCE, 0, null, 0, null, true, null, null);
        long at = System.nanoTime();
        return resolver.resolve(
                        at,
                        Map.of("shop", new SlotObservation.Observed(server, slot)),
                        new ConnectObservation(null, Map.of("shop", source), Map.of(), Map.of(), 0),
                        observer.observe(Map.of()))
                .get(new Sink("shop", group));
    }

    private void fill(int records, byte[] filler) {
        byte[] value = ChangeTopic.change(100);
        byte[] padded = Arrays.copyOf(value, value.length + filler.length);
        Arrays.fill(padded, value.length, padded.length, (byte) ' ');
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of("enable.idempotence", false))) {
            topic.send(
                    producer,
                    IntStream.range(0, PARTITIONS * records)
                            .mapToObj(i -> new ProducerRecord<byte[], byte[]>(topic.name, i % PARTITIONS, null, padded))
                            .toList());
        }
    }

    private void commitAll(long offset) throws Exception {
        commit(IntStream.range(0, PARTITIONS).boxed().collect(Collectors.toMap(i -> i, i -> offset)));
    }

    private void commit(Map<Integer, Long> offsets) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.entrySet().stream()
                .collect(Collectors.toMap(
                        offset -> new TopicPartition(topic.name, offset.getKey()),
                        offset -> new OffsetAndMetadata(offset.getValue())));
        try (Admin admin = broker.admin()) {
            admin.alterConsumerGroupOffsets(group, committed).all().get();
        }
    }
}
