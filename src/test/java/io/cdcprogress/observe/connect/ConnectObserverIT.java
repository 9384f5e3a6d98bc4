package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.TopicSelector;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Real workers with a real Debezium and a real sink; only the beats pass faster than they would. */
@OnStack
@Tag("embedded")
@ParameterizedClass
@EnumSource(KafkaRelease.class)
class ConnectObserverIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KafkaRelease release;
    private final SharedStack stack;
    private final AtomicLong hurry = new AtomicLong();

    ConnectObserverIT(KafkaRelease release, SharedStack stack) {
        this.release = release;
        this.stack = stack;
    }

    private ConnectObserver observer(CdcPipeline observed, String sourceConnector) {
        Pipeline pipeline = new Pipeline(
                "shop",
                "unused",
                observed.sourceDatabase(),
                observed.slot(),
                new TopicSelector(observed.topicPrefix(), null, Set.of(), Set.of()),
                List.of(observed.sinkGroup(), "no-connector"),
                false);
        return new ConnectObserver(
                List.of(pipeline),
                p -> sourceConnector,
                new ConnectSettings(List.of(rest().url()), null, null, Map.of()),
                Duration.ofSeconds(10),
                Duration.ofSeconds(1),
                Duration.ofSeconds(30),
                () -> System.nanoTime() + hurry.get());
    }

    private ConnectRest rest() {
        return stack.worker(release).rest();
    }

    /** Lets a beat pass and observes, until the facts are as expected. */
    private SourceConnectorFacts awaitFacts(ConnectObserver observer, Predicate<SourceConnectorFacts> expected) {
        return await().atMost(PATIENCE)
                .until(
                        () -> {
                            hurry.addAndGet(Duration.ofSeconds(10).toNanos());
                            return observer.observe().sources().get("shop");
                        },
                        expected);
    }

    @Test
    void followsASourceConnectorAndItsStoredOffset() throws Exception {
        PipelineSpec spec = PipelineSpec.named(Unique.name("shop")).heartbeat();
        try (CdcPipeline pipeline = stack.pipeline(release, spec);
                ConnectObserver observer = observer(pipeline, pipeline.sourceConnector())) {
            SourceConnectorFacts facts = awaitFacts(observer, SourceConnectorFacts::offsetRead);
            assertThat(facts.running()).isTrue();
            assertThat(facts.failure()).isNull();
            assertThat(facts.distrust()).isNull();

            pipeline.insert(10);
            facts = awaitFacts(observer, now -> now.storedCommit() != null);
            Lsn first = facts.storedCommit();
            assertThat(first.value())
                    .isEqualTo(rest().offsets(pipeline.sourceConnector())
                            .at("/offsets/0/offset/lsn_commit")
                            .asLong());
            assertThat(flushed()).isGreaterThanOrEqualTo(first);

            pipeline.insert(10);
            awaitFacts(observer, now -> now.storedCommit().compareTo(first) > 0);

            rest().pause(pipeline.sourceConnector());
            facts = awaitFacts(observer, now -> !now.running());
            assertThat(facts.storedCommit()).isNotNull();
            rest().resume(pipeline.sourceConnector());
            awaitFacts(observer, SourceConnectorFacts::running);
        }
    }

    private Lsn flushed() {
        return Lsn.parse(stack.database().query("postgres", "SELECT pg_current_wal_flush_lsn()"));
    }

    @Test
    void tellsTheClusterAndWhatTheSinksConsumeAndWhatIsDistrusted() throws Exception {
        PipelineSpec spec = PipelineSpec.named(Unique.name("shop")).source("errors.tolerance", "all");
        try (CdcPipeline pipeline = stack.pipeline(release, spec);
                ConnectObserver observer = observer(pipeline, pipeline.sourceConnector())) {
            SourceConnectorFacts facts = awaitFacts(observer, now -> now.connector() != null);
            assertThat(facts.distrust()).isEqualTo("errors.tolerance=all");
            ConnectObservation observation = observer.observe();
            try (Admin admin = stack.broker().admin()) {
                assertThat(observation.kafkaClusterId())
                        .isEqualTo(admin.describeCluster().clusterId().get());
            }
            assertThat(observation.sinkTopics()).containsOnlyKeys(pipeline.sinkGroup());
            assertThat(observation.sinkTopics().get(pipeline.sinkGroup()).matches(pipeline.topic("orders")))
                    .isTrue();
            assertThat(observation.sinkTopics().get(pipeline.sinkGroup()).matches("other"))
                    .isFalse();
        }
    }

    @Test
    void saysThatThereIsNoSuchConnector() throws Exception {
        PipelineSpec spec = PipelineSpec.named(Unique.name("shop"));
        try (CdcPipeline pipeline = stack.pipeline(release, spec);
                ConnectObserver observer = observer(pipeline, "no such/connector")) {
            SourceConnectorFacts facts = awaitFacts(observer, now -> now.connector() != null);
            assertThat(facts.running()).isFalse();
            assertThat(facts.offsetRead()).isFalse();
            assertThat(facts.failure().detail())
                    .contains("no connector no such/connector", "pipelines.shop.source.connector");
        }
    }
}
