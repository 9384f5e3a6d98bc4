package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.config.ConverterSettings;
import io.cdcprogress.model.Finding;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Nothing;
import io.cdcprogress.resolve.ReadResult.Unread;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.Unique;
import java.net.ConnectException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A pipeline whose schema registry is out of reach costs the others of the task nothing but a moment. */
@Tag("embedded")
class SlowConverterIT {
    private static final Duration TIMEOUT = Duration.ofSeconds(8);

    @AutoClose
    private static EmbeddedBroker broker;

    private final ConsumerChangeReader reader = reader(TIMEOUT);

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start();
    }

    @BeforeEach
    void registryIsUp() {
        OverRegistry.calls.set(0);
        OverRegistry.silent = new CountDownLatch(0);
        OverRegistry.up = true;
        OverRegistry.pause = Duration.ZERO;
    }

    @AfterEach
    void close() {
        OverRegistry.silent.countDown();
        reader.close();
    }

    @Test
    void aConverterThatHangsLeavesTheOtherPipelinesTheirTime() throws Exception {
        ChangeTopic topic = ChangeTopic.create(broker, 1, Map.of()).send(100, 200);
        ChangeTopic next = ChangeTopic.create(broker, 1, Map.of()).send(100, 200);
        OverRegistry.silent = new CountDownLatch(1);
        Point one = topic.point(0, 2);
        Point two = next.point(0, 2);
        Point other = other(topic);
        Point another = other(next);
        List<Point> all = List.of(one, two, other, another);
        for (int i = 0; i < 3; i++) {
            long begun = System.nanoTime();
            for (Map<Point, ReadResult> results : List.of(reader.first(all), reader.lastBefore(all))) {
                assertUnread(results.get(one), "OverRegistry did not decode it in time");
                assertUnread(results.get(two), "OverRegistry did not decode it in time");
                assertThat(results.get(other)).isInstanceOf(Found.class);
                assertThat(results.get(another)).isInstanceOf(Found.class);
            }
            assertThat(reader.heartbeats(List.of(one))).isEmpty();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(TIMEOUT.dividedBy(2));
        }
        assertThat(OverRegistry.calls).hasValue(1);
        OverRegistry.silent.countDown();
        await().untilAsserted(() -> assertThat(reader.first(all).values()).allMatch(Found.class::isInstance));
    }

    @Test
    void aRegistryThatIsDownForAWhileIsNoReasonToLookFurtherBack() throws Exception {
        ChangeTopic topic = ChangeTopic.create(broker, 1, Map.of());
        topic.send(LongStream.rangeClosed(1, 500).toArray());
        Point point = topic.point(0, 500);
        OverRegistry.up = false;
        for (int i = 0; i < 2; i++) {
            assertUnread(
                    reader.first(List.of(point)).get(point),
                    "the record at offset 0 of " + topic.name + "-0 is not decoded yet: "
                            + OverRegistry.class.getName() + " could not decode it: DataException, caused by"
                            + " SerializationException, caused by ConnectException");
            assertUnread(reader.lastBefore(List.of(point)).get(point), "ConnectException");
        }
        assertThat(OverRegistry.calls).hasValueLessThan(4);
        OverRegistry.up = true;
        await().untilAsserted(() ->
                assertThat(reader.first(List.of(point)).get(point)).isInstanceOf(Found.class));
        assertThat(reader.lastBefore(List.of(point)).get(point))
                .isInstanceOfSatisfying(
                        Found.class, found -> assertThat(found.offset()).isEqualTo(499));
    }

    @Test
    void manyConvertersThatHangLeaveTheOtherPipelinesTheirTime() throws Exception {
        OverRegistry.silent = new CountDownLatch(1);
        List<Point> hanging = new ArrayList<>();
        List<Point> others = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            ChangeTopic topic = ChangeTopic.create(broker, 1, Map.of()).send(100, 200);
            Point other = other(topic);
            others.add(other);
            hanging.add(new Point("shop" + i, other.partition(), 0, 2));
        }
        List<Point> all = Stream.concat(hanging.stream(), others.stream()).toList();
        Map<Point, ReadResult> results = reader.first(all);
        assertThat(hanging).allSatisfy(point -> assertThat(results.get(point)).isInstanceOf(Unread.class));
        assertThat(others).allSatisfy(point -> assertThat(results.get(point)).isInstanceOf(Found.class));
    }

    @Test
    void whatDecodesTooSlowlyForALookFarBackIsLookedAtNearItsEndOnly() throws Exception {
        ChangeTopic topic = ChangeTopic.create(broker, 1, Map.of());
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of())) {
            topic.send(
                    producer,
                    Collections.nCopies(1_000, new ProducerRecord<>(topic.name, 0, null, "{}".getBytes(UTF_8))));
        }
        OverRegistry.pause = Duration.ofMillis(5);
        Point point = topic.point(0, 1_000);
        try (ConsumerChangeReader hasty = reader(Duration.ofSeconds(2))) {
            assertThat(hasty.lastBefore(List.of(point)).get(point)).isInstanceOf(Unread.class);
            await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> {
                int before = OverRegistry.calls.get();
                assertThat(hasty.lastBefore(List.of(point)).get(point)).isEqualTo(new Nothing());
                assertThat(OverRegistry.calls.get() - before).isEqualTo(16);
            });
        }
    }

    private static ConsumerChangeReader reader(Duration timeout) {
        return new ConsumerChangeReader(
                ChangeTopic.kafka(Map.of("bootstrap.servers", broker.bootstrapServers())),
                Unique.name("reader"),
                pipeline -> ChangeDecoder.of(
                        pipeline,
                        new ConverterSettings(
                                pipeline.startsWith("shop") ? OverRegistry.class.getName() : null,
                                Map.of("schemas.enable", false))),
                timeout);
    }

    private static void assertUnread(ReadResult result, String why) {
        assertThat(result).isInstanceOfSatisfying(Unread.class, unread -> {
            assertThat(unread.failure().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
            assertThat(unread.failure().detail()).contains(why);
        });
    }

    private static Point other(ChangeTopic topic) {
        Point point = topic.point(0, 2);
        return new Point("other", point.partition(), point.offset(), point.end());
    }

    /** JSON, but only while something answers. */
    public static final class OverRegistry extends JsonConverter {
        private static final AtomicInteger calls = new AtomicInteger();
        private static volatile CountDownLatch silent;
        private static volatile boolean up;
        private static volatile Duration pause;

        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            calls.incrementAndGet();
            LockSupport.parkNanos(pause.toNanos());
            try {
                silent.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (!up) {
                throw new DataException("a", new SerializationException("a", new ConnectException("a")));
            }
            return super.toConnectData(topic, value);
        }
    }
}
