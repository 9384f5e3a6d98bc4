package io.cdcprogress.observe.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What an observation costs the brokers, by the client's own count of requests. */
@OnStack
@Tag("embedded")
class RequestCountIT {
    private static final int PARTITIONS = 6;

    private final SharedStack stack;
    private final String prefix = Unique.name("counted");

    RequestCountIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void theNumberOfRequestsDoesNotGrowWithTheNumberOfGroupsPipelinesAndPartitions() throws Exception {
        stack.broker().createTopic(prefix + ".t", PARTITIONS);
        List<Long> few = requests(2, 1);
        List<Long> many = requests(6, 30);
        assertThat(many.get(0))
                .as("the first observation, which also asks what changes slowly")
                .isEqualTo(few.get(0));
        assertThat(many.get(1))
                .as("the observations after it")
                .isEqualTo(few.get(1))
                .isLessThanOrEqualTo(4);
    }

    /** Requests of the first observation, and of later ones: the least of several, for a busy broker makes clients ask again. */
    private List<Long> requests(int pipelines, int groupsEach) throws Exception {
        CdcProgressConfig config = config(pipelines, commit(pipelines * groupsEach), groupsEach);
        List<Long> least = requests(config, pipelines * groupsEach);
        for (int i = 0; i < 2; i++) {
            List<Long> again = requests(config, pipelines * groupsEach);
            least = List.of(Math.min(least.get(0), again.get(0)), Math.min(least.get(1), again.get(1)));
        }
        return least;
    }

    private List<Long> requests(CdcProgressConfig config, int sinks) throws Exception {
        String clientId = Unique.name("counter");
        try (SinkOffsetObserver observer =
                new SinkOffsetObserver(config.kafka(), clientId, config.pipelines(), config.observationTimeout())) {
            List<Long> counts = new ArrayList<>();
            long before = 0;
            for (int i = 0; i < 5; i++) {
                assertAllObserved(observer.observe(Map.of()), sinks);
                long after = requestsOf(clientId);
                counts.add(after - before);
                before = after;
            }
            return List.of(
                    counts.get(0), counts.stream().skip(1).min(Long::compare).orElseThrow());
        }
    }

    private static void assertAllObserved(KafkaObservation observation, int sinks) {
        assertThat(observation.sinks()).hasSize(sinks);
        assertThat(observation.sinks().values()).allSatisfy(sink -> {
            assertThat(sink).isInstanceOf(SinkObservation.Observed.class);
            assertThat(((SinkObservation.Observed) sink).partitions()).hasSize(PARTITIONS);
            assertThat(((SinkObservation.Observed) sink).failure()).isNull();
        });
    }

    private List<String> commit(int count) throws Exception {
        Map<TopicPartition, OffsetAndMetadata> offsets = IntStream.range(0, PARTITIONS)
                .boxed()
                .collect(Collectors.toMap(
                        partition -> new TopicPartition(prefix + ".t", partition), p -> new OffsetAndMetadata(0)));
        List<String> groups =
                IntStream.range(0, count).mapToObj(i -> Unique.name("group")).toList();
        try (Admin admin = stack.broker().admin()) {
            for (String group : groups) {
                admin.alterConsumerGroupOffsets(group, offsets).all().get();
            }
        }
        return groups;
    }

    private CdcProgressConfig config(int pipelines, List<String> groups, int groupsEach) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "database.hostname", "unused",
                "database.dbname", "unused",
                "database.user", "unused",
                "observation.timeout.ms", "30000",
                "kafka.bootstrap.servers", stack.broker().bootstrapServers()));
        properties.put(
                "pipelines",
                IntStream.range(0, pipelines).mapToObj(i -> "p" + i).collect(Collectors.joining(",")));
        for (int i = 0; i < pipelines; i++) {
            properties.put("pipelines.p" + i + ".isolation.level", i % 2 == 0 ? "read_committed" : "read_uncommitted");
            properties.put("pipelines.p" + i + ".topic.prefix", prefix);
            properties.put(
                    "pipelines.p" + i + ".sink.groups",
                    String.join(",", groups.subList(i * groupsEach, (i + 1) * groupsEach)));
        }
        return new CdcProgressConfig(properties);
    }

    private static long requestsOf(String clientId) throws Exception {
        Object total = ManagementFactory.getPlatformMBeanServer()
                .getAttribute(
                        new ObjectName("kafka.admin.client:type=admin-client-metrics,client-id=" + clientId),
                        "request-total");
        return ((Number) total).longValue();
    }
}
