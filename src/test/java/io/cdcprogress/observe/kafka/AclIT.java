package io.cdcprogress.observe.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.stack.SecuredBroker;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The least that a principal must be allowed, and what is told where it is not. */
@Tag("embedded")
class AclIT {
    private static final String MONITOR = "monitor";
    private static final String WRONG = "not-the-secret";

    @AutoClose
    private static SecuredBroker broker;

    @BeforeAll
    static void start() {
        broker = SecuredBroker.start(MONITOR, "nobody");
    }

    @Test
    void describeOnTheGroupAndOnTheTopicsIsEnough() throws Exception {
        String pipeline = pipeline();
        broker.allowGroup(MONITOR, pipeline);
        broker.allowTopics(MONITOR, pipeline + ".");
        KafkaObservation observation = observe(monitor(pipeline));
        assertThat(observation.clusterId()).isNotBlank();
        assertObserved(observation, pipeline);
        assertThat(check(monitor(pipeline))).isEmpty();
    }

    @Test
    void aGroupWithoutItsAclIsNamedAndTakesNoOtherAlong() throws Exception {
        String allowed = pipeline();
        String denied = pipeline();
        broker.allowGroup(MONITOR, allowed);
        broker.allowTopics(MONITOR, allowed + ".");
        broker.allowTopics(MONITOR, denied + ".");
        KafkaObservation observation = observe(monitor(allowed, denied));
        assertObserved(observation, allowed);
        assertThat(sink(observation, denied)).isInstanceOf(SinkObservation.Unobserved.class);
        assertThat(failure(observation, denied).finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        assertThat(failure(observation, denied).detail()).endsWith("add an ACL with DESCRIBE on group " + denied);
        assertThat(check(monitor(allowed, denied))).singleElement().satisfies(complaint -> {
            assertThat(complaint.key()).isEqualTo("pipelines." + denied + ".sink.groups");
            assertThat(complaint.message()).endsWith("add an ACL with DESCRIBE on group " + denied);
        });
    }

    /** The broker does not refuse them but leaves them out: nothing is known, and no lag of 0. */
    @Test
    void topicsWithoutTheirAclAreHiddenSoThatAnIdleGroupConsumesNone() throws Exception {
        String pipeline = pipeline();
        broker.allowGroup(MONITOR, pipeline);
        assertThat(sink(observe(monitor(pipeline)), pipeline))
                .isEqualTo(new SinkObservation.Observed("Empty", false, List.of(), null));
    }

    /** Else an idle sink would seem to have consumed everything from the moment at which its topic is hidden. */
    @Test
    void aTopicThatIsHiddenLaterIsMissed() throws Exception {
        String pipeline = pipeline();
        broker.allowGroup(MONITOR, pipeline);
        broker.allowTopics(MONITOR, pipeline + ".");
        try (SinkOffsetObserver observer = observer(monitor(pipeline))) {
            assertObserved(observer.observe(Map.of()), pipeline);
            broker.hideTopics(pipeline + ".");
            await().untilAsserted(() -> {
                Failure failure = failure(observer.observe(Map.of()), pipeline);
                assertThat(failure).isNotNull();
                assertThat(failure.finding()).isEqualTo(Finding.NOT_AUTHORIZED);
                assertThat(failure.detail()).contains(pipeline + ".t").contains("DESCRIBE");
            });
            broker.allowTopics(MONITOR, pipeline + ".");
            await().untilAsserted(() -> assertObserved(observer.observe(Map.of()), pipeline));
        }
    }

    @Test
    void aTopicThatIsDeletedIsNotMissed() throws Exception {
        String pipeline = pipeline();
        broker.allowGroup(MONITOR, pipeline);
        broker.allowTopics(MONITOR, pipeline + ".");
        try (SinkOffsetObserver observer = observer(monitor(pipeline));
                Admin admin = broker.admin()) {
            assertObserved(observer.observe(Map.of()), pipeline);
            admin.deleteTopics(List.of(pipeline + ".t")).all().get();
            // The client asks for the offsets of what is just being deleted until its time is over.
            await().atMost(Duration.ofMinutes(2))
                    .untilAsserted(() -> assertThat(sink(observer.observe(Map.of()), pipeline))
                            .isEqualTo(new SinkObservation.Observed("Empty", false, List.of(), null)));
        }
    }

    @Test
    void aHiddenTopicThatTheSinkIsConfiguredForIsMissed() throws Exception {
        String pipeline = pipeline();
        broker.allowGroup(MONITOR, pipeline);
        try (SinkOffsetObserver observer = observer(monitor(pipeline))) {
            Failure failure = failure(
                    observer.observe(Map.of(pipeline, new ConfiguredTopics(Set.of(pipeline + ".t"), null))), pipeline);
            assertThat(failure.finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        }
    }

    /** A member's assignment gives them away; of a group of the newer protocol the broker then tells nothing. */
    @ParameterizedTest
    @CsvSource({"classic, POSITION_UNKNOWN, DESCRIBE on it is missing", "consumer, NOT_AUTHORIZED, topic that they read"
    })
    void hiddenTopicsAreMissedWhileTheGroupRuns(String protocol, Finding finding, String cure) throws Exception {
        String pipeline = pipeline();
        broker.allowGroup(MONITOR, pipeline);
        Map<String, Object> settings = new HashMap<>(broker.adminLogin());
        settings.putAll(Map.of("group.id", pipeline, "group.protocol", protocol));
        try (KafkaConsumer<String, String> sink =
                new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            sink.subscribe(List.of(pipeline + ".t"));
            await().until(() -> !sink.poll(Duration.ofMillis(100)).isEmpty());
            Failure failure = failure(observe(monitor(pipeline)), pipeline);
            assertThat(failure.finding()).isEqualTo(finding);
            assertThat(failure.detail()).endsWith(cure);
        }
    }

    @Test
    void withoutAnyAclOnlyTheClusterIdIsTold() throws Exception {
        String pipeline = pipeline();
        KafkaObservation observation = observe(config("nobody", SecuredBroker.password("nobody"), pipeline));
        assertThat(observation.clusterId()).isNotBlank();
        assertThat(failure(observation, pipeline).finding()).isEqualTo(Finding.NOT_AUTHORIZED);
    }

    @Test
    void aWrongPasswordIsToldAtOnceAndNotShown() throws Exception {
        CdcProgressConfig config = config(MONITOR, WRONG, "p");
        Failure failure = assertTimeout(Duration.ofSeconds(10), () -> failure(observe(config), "p"));
        assertThat(failure.finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        assertThat(failure.detail()).contains("refused the login").doesNotContain(WRONG);
        assertThat(check(config)).containsExactly(new Complaint("kafka.sasl.jaas.config", failure.detail()));
    }

    @Test
    void aPasswordThatBreaksTheSyntaxOfTheLoginIsNotShown() throws Exception {
        CdcProgressConfig config = config(MONITOR, "half\"" + WRONG, "p");
        Failure failure = failure(observe(config), "p");
        assertThat(failure.detail()).contains("in JAAS config").doesNotContain(WRONG);
        assertThat(check(config)).containsExactly(new Complaint("kafka.sasl.jaas.config", failure.detail()));
    }

    /** A topic of 5 and 3 records, and a group that has consumed 2 of the 5; all of one name. */
    private static String pipeline() throws Exception {
        String name = Unique.name("acl");
        broker.createTopic(name + ".t", 2);
        try (KafkaProducer<String, String> producer =
                        new KafkaProducer<>(broker.adminLogin(), new StringSerializer(), new StringSerializer());
                Admin admin = broker.admin()) {
            for (int partition : List.of(0, 0, 0, 0, 0, 1, 1, 1)) {
                producer.send(new ProducerRecord<>(name + ".t", partition, null, "a change"))
                        .get();
            }
            admin.alterConsumerGroupOffsets(name, Map.of(new TopicPartition(name + ".t", 0), new OffsetAndMetadata(2)))
                    .all()
                    .get();
        }
        return name;
    }

    private static CdcProgressConfig monitor(String... pipelines) {
        return config(MONITOR, SecuredBroker.password(MONITOR), pipelines);
    }

    /** So patient that a test which waits for the timeout fails. */
    private static CdcProgressConfig config(String user, String password, String... pipelines) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "database.hostname", "unused",
                "database.dbname", "unused",
                "database.user", "unused",
                "observation.timeout.ms", "60000",
                "pipelines", String.join(",", pipelines)));
        for (String pipeline : pipelines) {
            properties.put("pipelines." + pipeline + ".topic.prefix", pipeline);
            properties.put("pipelines." + pipeline + ".sink.groups", pipeline);
        }
        broker.login(user, password).forEach((key, value) -> properties.put("kafka." + key, value.toString()));
        return new CdcProgressConfig(properties);
    }

    private static KafkaObservation observe(CdcProgressConfig config) throws InterruptedException {
        try (SinkOffsetObserver observer = observer(config)) {
            return observer.observe(Map.of());
        }
    }

    private static SinkOffsetObserver observer(CdcProgressConfig config) {
        return new SinkOffsetObserver(
                config.kafka(), Unique.name("acl"), config.pipelines(), config.observationTimeout());
    }

    private static List<Complaint> check(CdcProgressConfig config) throws InterruptedException {
        return KafkaCheck.check(config, config.observationTimeout());
    }

    private static SinkObservation sink(KafkaObservation observation, String pipeline) {
        return observation.sinks().get(new KafkaObservation.Sink(pipeline, pipeline));
    }

    private static Failure failure(KafkaObservation observation, String pipeline) {
        return sink(observation, pipeline) instanceof SinkObservation.Observed observed
                ? observed.failure()
                : ((SinkObservation.Unobserved) sink(observation, pipeline)).failure();
    }

    private static void assertObserved(KafkaObservation observation, String pipeline) {
        assertThat(sink(observation, pipeline)).isInstanceOfSatisfying(SinkObservation.Observed.class, sink -> {
            assertThat(sink.failure()).isNull();
            assertThat(sink.partitions())
                    .extracting(PartitionOffsets::beginning, PartitionOffsets::committed, PartitionOffsets::end)
                    .containsExactly(tuple(0L, 2L, 5L), tuple(0L, null, 3L));
        });
    }
}
