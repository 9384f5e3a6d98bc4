package io.cdcprogress.discover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.ListedConnectors;
import io.cdcprogress.model.ListedConnectors.Sink;
import io.cdcprogress.model.ListedConnectors.Source;
import io.cdcprogress.model.ListedGroups;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class PipelineDiscoveryTest {
    private static final Failure REFUSED = new Failure(Finding.POSITION_UNKNOWN, "refused");

    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Sink> sinks = new HashMap<>();
    private final Set<String> unread = new HashSet<>();
    private final List<List<String>> changes = new ArrayList<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private Failure failure;
    private RuntimeException mistake;
    private RuntimeException refusal;
    private long now;
    private final PipelineDiscovery discovery = new PipelineDiscovery(
            "progress",
            DiscoveryRules.of(new CdcProgressConfig(Map.of(
                    "pipelines", "*", "connect.url", "http://connect", "kafka.bootstrap.servers", "broker:9092"))),
            this::list,
            () -> ListedGroups.NOT_ASKED,
            closed::countDown,
            this::changed,
            () -> now);

    private ListedConnectors list() {
        if (mistake != null) {
            throw mistake;
        }
        return failure != null ? ListedConnectors.failed(failure) : new ListedConnectors(sources, sinks, unread, null);
    }

    private void changed() {
        if (refusal != null) {
            throw refusal;
        }
        changes.add(names());
    }

    private List<String> names() {
        List<DiscoveredPipeline> pipelines = discovery.pipelines();
        return pipelines == null
                ? null
                : pipelines.stream().map(DiscoveredPipeline::name).toList();
    }

    private void add(String... names) {
        for (String name : names) {
            sources.put(name, new Source("s", name, null, "db", null, "d", Set.of()));
            sinks.put(name + "-sink", new Sink(null, new ConfiguredTopics(Set.of(name + ".t"), null), null));
        }
    }

    private void remove(String name) {
        sources.remove(name);
        sinks.remove(name + "-sink");
    }

    private Duration look() throws InterruptedException {
        Duration wait = discovery.look();
        now += wait.toNanos();
        return wait;
    }

    @Test
    void isNotSureOfTheFirstLookUntilASecondTellsTheSame() throws InterruptedException {
        add("a"); // of a worker that has only begun to read what there is
        assertThat(look()).isEqualTo(Duration.ofSeconds(1));
        assertThat(names()).isNull();
        assertThat(discovery.failure()).contains("confirmed by a second");
        add("b");
        look();
        assertThat(names()).isNull();
        assertThat(look()).isEqualTo(Duration.ofSeconds(10));
        assertThat(names()).containsExactly("a", "b");
        assertThat(discovery.failure()).isNull();
        assertThat(changes).containsExactly(List.of("a", "b"));
    }

    @Test
    void tellsOfChangesOnlyAndOfAdditionsAtOnce() throws InterruptedException {
        add("b");
        look();
        look();
        look();
        add("a");
        look();
        look();
        assertThat(changes).containsExactly(List.of("b"), List.of("a", "b"));
    }

    @Test
    void removesAfterTwoLooksInARowAndTwentySecondsAlsoTheLast() throws InterruptedException {
        add("a", "b");
        look();
        look();
        remove("a");
        look();
        look();
        assertThat(names()).containsExactly("a", "b");
        look();
        assertThat(names()).containsExactly("b");
        remove("b");
        look();
        look();
        look();
        assertThat(names()).isEmpty();
        assertThat(changes).containsExactly(List.of("a", "b"), List.of("b"), List.of());
    }

    @Test
    void aFailedOrPartialLookRemovesNothing() throws InterruptedException {
        add("a", "b");
        look();
        look();
        failure = REFUSED;
        for (int i = 0; i < 20; i++) {
            look();
        }
        assertThat(discovery.failure()).isEqualTo("refused");
        failure = null;
        remove("a");
        unread.add("a");
        unread.add("a-sink");
        for (int i = 0; i < 20; i++) {
            look();
        }
        assertThat(names()).containsExactly("a", "b");
        assertThat(changes).hasSize(1);
    }

    @Test
    void aPartialLookIsNoFirstOne() throws InterruptedException {
        add("a");
        unread.add("b");
        for (int i = 0; i < 5; i++) {
            look();
        }
        assertThat(names()).isNull();
        assertThat(discovery.failure()).contains("[b]");
        unread.clear();
        add("b");
        look();
        look();
        assertThat(names()).containsExactly("a", "b");
    }

    @Test
    void triesAgainSlowerAndSlowerWhateverHappens() throws InterruptedException {
        failure = REFUSED;
        assertThat(look()).isEqualTo(Duration.ofSeconds(1));
        assertThat(look()).isEqualTo(Duration.ofSeconds(2));
        assertThat(look()).isEqualTo(Duration.ofSeconds(4));
        mistake = new IllegalStateException("ours");
        assertThat(look()).isEqualTo(Duration.ofSeconds(8));
        assertThat(discovery.failure()).contains("ours");
        for (int i = 0; i < 100; i++) {
            assertThat(look()).isEqualTo(Duration.ofSeconds(10));
        }
        mistake = null;
        failure = null;
        add("a");
        look();
        look();
        assertThat(names()).containsExactly("a");
    }

    @Test
    void asksConnectAgainForTasksThatItDidNotTake() throws InterruptedException {
        add("a");
        look();
        refusal = new IllegalStateException("Connect is not ready");
        look();
        refusal = null;
        look();
        assertThat(changes).containsExactly(List.of("a"));
        look();
        assertThat(changes).hasSize(1);
    }

    @Test
    void closesWhatItUsesWhenItIsStopped() {
        add("a");
        discovery.start();
        await().until(() -> names() != null);
        discovery.close();
        await().until(() -> closed.getCount() == 0);
        assertThat(names()).as("what was found stays").containsExactly("a");
    }
}
