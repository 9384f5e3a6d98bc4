package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Found;
import io.cdcprogress.resolve.ReadResult.Nothing;
import io.cdcprogress.resolve.ReadResult.Unread;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.SecuredBroker;
import io.cdcprogress.stack.Unique;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can't be read is told as that, and takes nothing else along. */
@Tag("embedded")
class UnreadIT {
    private static final Duration PATIENT = Duration.ofMinutes(1);

    @AutoClose
    private static EmbeddedBroker broker;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(Map.of("log.cleaner.backoff.ms", "100"));
    }

    @Test
    void whatRetentionHasDeletedIsNamed() throws Exception {
        ChangeTopic topic = topic().send(100, 200, 300, 400);
        ChangeTopic other = topic().send(100);
        ChangeTopic all = topic().send(100);
        delete(topic, 2);
        delete(all, 1);
        Point deleted = topic.point(1, 4);
        Point kept = other.point(0, 1);
        Point beyond = other.point(5, 6);
        try (ConsumerChangeReader reader = reader(login(), PATIENT)) {
            Map<Point, ReadResult> first = reader.first(List.of(deleted, kept));
            assertThat(first.get(kept)).isInstanceOf(Found.class);
            assertThat(failure(first.get(deleted)).finding()).isEqualTo(Finding.POSITION_UNKNOWN);
            assertThat(failure(first.get(deleted)).detail())
                    .contains(topic.name + "-0 has no offset 1 any more")
                    .contains("created anew");
            assertThat(failure(reader.first(List.of(beyond)).get(beyond)).finding())
                    .isEqualTo(Finding.POSITION_UNKNOWN);
            Point whole = topic.point(0, 4);
            Point empty = all.point(0, 1);
            Map<Point, ReadResult> last = reader.lastBefore(List.of(whole, kept, empty));
            assertThat(last.get(whole))
                    .as("what is left")
                    .isInstanceOfSatisfying(
                            Found.class, found -> assertThat(found.offset()).isEqualTo(3));
            assertThat(last.get(kept)).isInstanceOf(Found.class);
            assertThat(last.get(empty)).isEqualTo(new Nothing());
        }
    }

    @Test
    void aTopicThatHasGoneIsLateAndTakesNoOtherAlong() throws Exception {
        ChangeTopic gone = topic().send(100);
        ChangeTopic kept = topic().committed(100);
        try (Admin admin = broker.admin();
                ConsumerChangeReader reader = reader(login(), Duration.ofSeconds(3));
                var open = kept.begin(200)) {
            List<Point> points = List.of(gone.point(0, 1), kept.point(0, 2), other(kept.point(2, 3)));
            assertThat(reader.first(points).values()).allMatch(Found.class::isInstance);
            admin.deleteTopics(List.of(gone.name)).all().get();
            Map<Point, ReadResult> results = reader.first(points);
            assertThat(failure(results.get(points.get(0))))
                    .isEqualTo(new Failure(
                            Finding.KAFKA_UNREACHABLE,
                            "Kafka at " + broker.bootstrapServers()
                                    + " did not answer in time when asked for records of " + gone.name + "-0"));
            assertThat(results.get(points.get(1))).isInstanceOf(Found.class);
            open.abortTransaction();
        }
    }

    @Test
    void whatLiesFurtherBackIsFoundBesideATopicThatHasGone() throws Exception {
        ChangeTopic topic = topic().send(100);
        topic.send(LongStream.rangeClosed(1, 300).map(i -> -i).toArray());
        try (ConsumerChangeReader reader = reader(login(), Duration.ofSeconds(4))) {
            Point far = topic.point(0, 301);
            Point nowhere = new Point("shop", new PartitionId("no-such-topic", 0), 0, 9);
            Map<Point, ReadResult> results = reader.lastBefore(List.of(far, nowhere));
            assertThat(results.get(far)).isInstanceOf(Found.class);
            assertThat(results.get(nowhere)).isInstanceOf(Unread.class);
        }
    }

    /** Beside a topic that has gone, so that the ends can't be asked for all at once. */
    @Test
    void whatIsNotDecidedIsFoundBesideATopicThatHasGone() throws Exception {
        ChangeTopic topic = topic().committed(100);
        try (ConsumerChangeReader reader = reader(login(), Duration.ofSeconds(6));
                var open = topic.begin(200)) {
            Point undecided = topic.point(1, 3);
            Point nowhere = new Point("shop", new PartitionId("no-such-topic", 0), 0, 9);
            Map<Point, ReadResult> results = reader.first(List.of(undecided, nowhere));
            assertThat(results.get(undecided))
                    .isInstanceOfSatisfying(
                            Found.class, found -> assertThat(found.open()).isTrue());
            assertThat(results.get(nowhere)).isInstanceOf(Unread.class);
            open.abortTransaction();
        }
    }

    @Test
    void theFirstRecordBehindACompactedGapIsFoundWhereItLies() throws Exception {
        ChangeTopic topic = ChangeTopic.create(
                broker,
                1,
                Map.of(
                        "cleanup.policy", "compact",
                        "segment.ms", "50",
                        "min.cleanable.dirty.ratio", "0.0"));
        topic.send(7, 7, 7);
        Point point = topic.point(0, 3);
        try (ConsumerChangeReader reader = reader(login(), PATIENT)) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                // A new record rolls the segment: the one that is written to is not compacted.
                topic.send(8);
                assertThat(reader.first(List.of(point)).get(point))
                        .isInstanceOfSatisfying(
                                Found.class, found -> assertThat(found.offset()).isEqualTo(2));
            });
        }
    }

    @Test
    void aTopicThatMayNotBeReadIsNamedAndTakesNoOtherAlong() throws Exception {
        try (SecuredBroker secured = SecuredBroker.start("monitor")) {
            ChangeTopic readable =
                    ChangeTopic.create(secured.adminLogin(), 2, Map.of()).send(100);
            ChangeTopic described =
                    ChangeTopic.create(secured.adminLogin(), 1, Map.of()).send(100);
            ChangeTopic hidden =
                    ChangeTopic.create(secured.adminLogin(), 1, Map.of()).send(100);
            secured.allowReading("monitor", readable.name);
            secured.allowTopics("monitor", described.name);
            Map<String, Object> login = secured.login("monitor", SecuredBroker.password("monitor"));
            try (ConsumerChangeReader reader = reader(login, PATIENT)) {
                for (int i = 0; i < 3; i++) {
                    Point may = readable.point(0, 1);
                    List<Point> points = List.of(may, described.point(0, 1), hidden.point(0, 1));
                    Map<Point, ReadResult> results = reader.first(points);
                    assertThat(results.get(may)).isInstanceOf(Found.class);
                    for (Point not : points.subList(1, 3)) {
                        assertThat(failure(results.get(not)).finding()).isEqualTo(Finding.NOT_AUTHORIZED);
                        assertThat(failure(results.get(not)).detail())
                                .endsWith("add an ACL with READ on topic "
                                        + not.partition().topic());
                    }
                }
            }
            try (ConsumerChangeReader reader = reader(secured.login("monitor", "not-the-secret"), PATIENT)) {
                Point point = readable.point(0, 1);
                Failure refused = failure(reader.first(List.of(point)).get(point));
                assertThat(refused.finding()).isEqualTo(Finding.NOT_AUTHORIZED);
                assertThat(refused.detail()).contains("refused the login").doesNotContain("not-the-secret");
            }
        }
    }

    @Test
    void aNameThatDoesNotResolveAndAServerThatDoesNotAnswerAreTold() throws Exception {
        Point point = new Point("shop", new PartitionId("t", 0), 0, 1);
        try (ConsumerChangeReader reader = reader(Map.of("bootstrap.servers", "no-such-host.invalid:9092"), PATIENT)) {
            for (int i = 0; i < 3; i++) {
                assertThat(failure(reader.first(List.of(point)).get(point)).detail())
                        .contains("no-such-host.invalid:9092 could be made")
                        .contains("check kafka.bootstrap.servers");
            }
            assertThat(reader.lastBefore(List.of(point)).get(point)).isInstanceOf(Unread.class);
        }
        try (ServerSocket silent = new ServerSocket(0)) {
            Map<String, Object> login = Map.of("bootstrap.servers", "localhost:" + silent.getLocalPort());
            ConsumerChangeReader reader = reader(login, Duration.ofSeconds(2));
            assertTimeout(
                    Duration.ofSeconds(4),
                    () -> assertThat(failure(reader.first(List.of(point)).get(point))
                                    .finding())
                            .isEqualTo(Finding.KAFKA_UNREACHABLE));
            assertTimeout(Duration.ofSeconds(1), reader::close);
        }
    }

    private static Point other(Point point) {
        return new Point("other", point.partition(), point.offset(), point.end());
    }

    private static void delete(ChangeTopic topic, long before) throws Exception {
        try (Admin admin = broker.admin()) {
            admin.deleteRecords(Map.of(new TopicPartition(topic.name, 0), RecordsToDelete.beforeOffset(before)))
                    .all()
                    .get();
        }
    }

    private static ChangeTopic topic() {
        return ChangeTopic.create(broker, 1, Map.of());
    }

    private static Map<String, Object> login() {
        return Map.of("bootstrap.servers", broker.bootstrapServers());
    }

    private static ConsumerChangeReader reader(Map<String, Object> login, Duration timeout) {
        return new ConsumerChangeReader(
                ChangeTopic.kafka(login), Unique.name("reader"), JsonChangeDecoder::new, timeout);
    }

    private static Failure failure(ReadResult result) {
        assertThat(result).isInstanceOf(Unread.class);
        return ((Unread) result).failure();
    }
}
