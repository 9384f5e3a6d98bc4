package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.ChangePosition.Kind;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.resolve.Heartbeat;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Nothing;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found in a partition. So patient that a test which waits for the timeout fails. */
@OnStack
class ChangeReaderIT {
    private final SharedStack stack;
    private final ConsumerChangeReader reader;

    ChangeReaderIT(SharedStack stack) {
        this.stack = stack;
        this.reader = new ConsumerChangeReader(
                ChangeTopic.kafka(Map.of("bootstrap.servers", stack.broker().bootstrapServers())),
                Unique.name("reader"),
                JsonChangeDecoder::new,
                Duration.ofMinutes(1));
    }

    @AfterEach
    void close() {
        assertTimeout(Duration.ofSeconds(1), reader::close);
    }

    @Test
    void theFirstRecordOfAStretchIsFoundAndNoneBeyondItsEnd() {
        ChangeTopic topic = topic().send(100, 200, 300);
        assertThat(first(topic.point(0, 3))).isEqualTo(found(0, 100, false));
        assertThat(first(topic.point(1, 3))).isEqualTo(found(1, 200, false));
        assertThat(first(topic.point(1, 1))).isEqualTo(new Nothing());
    }

    @Test
    void severalPointsOfOnePartitionAreAllAnswered() throws Exception {
        ChangeTopic topic = topic().send(100, 200, 300);
        Point behind = topic.point(0, 3);
        Point ahead = topic.point(2, 3);
        Point other = new Point("other", ahead.partition(), 2, 3);
        assertThat(timeless(reader.first(List.of(behind, ahead, other))))
                .isEqualTo(
                        Map.of(behind, found(0, 100, false), ahead, found(2, 300, false), other, found(2, 300, false)));
    }

    @Test
    void markersAndAbortedRecordsAreNoData() {
        ChangeTopic topic = topic().committed(100).aborted(200, 300).committed(400);
        assertThat(first(topic.point(0, 7))).isEqualTo(found(0, 100, false));
        assertThat(first(topic.point(1, 2))).as("a marker").isEqualTo(new Nothing());
        assertThat(first(topic.point(1, 5))).as("aborted records").isEqualTo(new Nothing());
        assertThat(first(topic.point(3, 7))).isEqualTo(found(5, 400, false));
        assertThat(first(topic.point(6, 7))).as("the last marker").isEqualTo(new Nothing());
    }

    @Test
    void whatIsNotDecidedYetIsFoundAsItStands() {
        ChangeTopic topic = topic().committed(100);
        try (KafkaProducer<byte[], byte[]> open = topic.begin(200, 300)) {
            topic.send(400);
            assertThat(first(topic.point(1, 5))).isEqualTo(found(2, 200, true));
            assertThat(first(topic.point(4, 5))).as("behind it").isEqualTo(found(4, 400, true));
            assertThat(first(topic.point(0, 5))).as("before it").isEqualTo(found(0, 100, false));
            assertThat(last(topic.point(0, 5))).as("committed only").isEqualTo(found(0, 100, false));
            open.abortTransaction();
        }
        assertThat(first(topic.point(1, 4))).isEqualTo(new Nothing());
        assertThat(first(topic.point(1, 5))).isEqualTo(found(4, 400, false));
    }

    @Test
    void aTombstoneIsFoundAsOneAndTheLookBackGoesOnPastAllOfThem() {
        ChangeTopic topic = topic().send(100, -100, 200);
        topic.send(LongStream.rangeClosed(1, 300).map(i -> -i).toArray());
        assertThat(first(topic.point(1, 303))).isEqualTo(new Found(1, null, "a tombstone", null, false));
        assertThat(last(topic.point(0, 303))).isEqualTo(found(2, 200, false));
        assertThat(last(topic.point(0, 2))).isEqualTo(found(0, 100, false));
        assertThat(last(topic.point(3, 303))).as("not before its offset").isEqualTo(new Nothing());
        topic.send(LongStream.rangeClosed(1, 800).map(i -> -i).toArray());
        assertThat(last(topic.point(0, 1_103))).as("beyond the limit").isEqualTo(new Nothing());
    }

    @Test
    void theLookBackGivesTheNearestAndNothingThatWasAborted() {
        ChangeTopic topic = topic().send(100, 200, 300).aborted(400, 500);
        assertThat(last(topic.point(0, 6))).isEqualTo(found(2, 300, false));
        assertThat(last(topic.point(0, 2))).isEqualTo(found(1, 200, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd", "lz4", "snappy"})
    void aRecordOfMegabytesAndACompressedBatchGetThrough(String compression) throws Exception {
        ChangeTopic topic = ChangeTopic.create(stack.broker(), 2, Map.of("max.message.bytes", "20000000"));
        byte[] noise = new byte[4_000_000];
        new Random(1).nextBytes(noise);
        byte[] large = Samples.JSON.writeValueAsBytes(
                Map.of("x", noise, "__op", "c", "__source_sequence", "[null,\"700\"]", "__source_ts_us", 7));
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of(
                "compression.type", compression,
                "max.request.size", 20_000_000,
                "buffer.memory", 40_000_000,
                "linger.ms", 1_000))) {
            topic.send(producer, List.of(new ProducerRecord<>(topic.name, 1, null, large)));
            topic.send(producer, LongStream.range(100, 400).toArray());
        }
        Point big = topic.point(1, 0, 1);
        Point inTheMiddle = topic.point(150, 300);
        assertThat(timeless(reader.first(List.of(big, inTheMiddle))))
                .isEqualTo(Map.of(big, found(0, 700, false), inTheMiddle, found(150, 250, false)));
    }

    @Test
    void howLongAHeartbeatTookIsItsRecordsTimeLessItsOwn() throws Exception {
        ChangeTopic topic = topic();
        heartbeats(topic, "{\"ts_ms\":1000}", "{\"ts_ms\":4990}");
        Point last = topic.point(0, 2);
        Point before = topic.point(0, 1);
        Point none = topic.point(0, 0);
        assertThat(reader.heartbeats(List.of(last, before, none)))
                .isEqualTo(Map.of(last, new Heartbeat(4_990, 10), before, new Heartbeat(1_000, 4_000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"ts_ms\":5001}", "{\"ts_ms\":null}", "no"})
    void aHeartbeatThatIsNotOfOneClockTellsNothingAndNeitherDoesTheOneBefore(String text) throws Exception {
        ChangeTopic topic = topic();
        heartbeats(topic, "{\"ts_ms\":4990}", text);
        assertThat(reader.heartbeats(List.of(topic.point(0, 2)))).isEmpty();
        assertThat(reader.heartbeats(List.of(topic.point(0, 1)))).hasSize(1);
    }

    /** Brokers and workers have clocks of their own. */
    @Test
    void aHeartbeatWithTheTimeOfAppendingTellsNothing() throws Exception {
        ChangeTopic topic = ChangeTopic.create(stack.broker(), 1, Map.of("message.timestamp.type", "LogAppendTime"));
        heartbeats(topic, "{\"ts_ms\":" + (System.currentTimeMillis() - 10) + "}");
        assertThat(reader.heartbeats(List.of(topic.point(0, 1)))).isEmpty();
    }

    @Test
    void anInterruptedReadingStopsAndTheReaderStaysUsable() throws Exception {
        ChangeTopic topic = topic().send(100);
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> reader.first(List.of(topic.point(0, 1))));
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(first(topic.point(0, 1))).isEqualTo(found(0, 100, false));
    }

    private static void heartbeats(ChangeTopic topic, String... texts) {
        try (KafkaProducer<byte[], byte[]> producer = topic.producer(Map.of())) {
            topic.send(
                    producer,
                    Stream.of(texts)
                            .map(text -> new ProducerRecord<byte[], byte[]>(
                                    topic.name, 0, 5_000L, null, text.getBytes(StandardCharsets.UTF_8)))
                            .toList());
        }
    }

    private ChangeTopic topic() {
        return ChangeTopic.create(stack.broker(), 1, Map.of());
    }

    private ReadResult first(Point point) {
        try {
            return timeless(reader.first(List.of(point))).get(point);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private ReadResult last(Point point) {
        try {
            return timeless(reader.lastBefore(List.of(point))).get(point);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Every record that is found tells when it came into Kafka; which moment that is, differs. */
    private static Map<Point, ReadResult> timeless(Map<Point, ReadResult> results) {
        Map<Point, ReadResult> timeless = new HashMap<>(results);
        timeless.replaceAll((point, result) -> {
            if (result instanceof Found found) {
                assertThat(found.arrivedAt()).isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES));
                return new Found(found.offset(), found.position(), found.problem(), null, found.open());
            }
            return result;
        });
        return timeless;
    }

    private static Found found(long offset, long bound, boolean open) {
        return new Found(
                offset,
                new ChangePosition(new Lsn(bound), Instant.EPOCH.plusNanos(7_000), Kind.STREAMED),
                null,
                null,
                open);
    }
}
