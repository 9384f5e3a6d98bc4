package io.cdcprogress.observe.kafka;

import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.TopicsObservation;
import io.cdcprogress.observe.Backoff;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the offsets of all sink groups in a number of requests that does not depend on how many there are.
 *
 * <p>End offsets come before committed offsets: a group that moves on in between is then past the end, which is no lag.
 * The other way round would show lag that never was.
 */
public final class SinkOffsetObserver implements AutoCloseable {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /** How the client is made. */
    interface Connector {
        Admin connect(Map<String, Object> settings);
    }

    private final KafkaSettings settings;
    private final String clientId;
    private final List<Pipeline> pipelines;
    private final Duration timeout;
    private final Connector connector;
    private final Backoff backoff = new Backoff(System::nanoTime);
    private Map<Sink, Map<TopicPartition, Long>> committedBefore = Map.of();
    private Failure notConnected;
    private Admin admin;
    private AdminCalls calls;
    private TopicsReader topics;
    private TopicSettings topicSettings;
    private SlowFactsReader slowFacts;

    /**
     * Connects to nothing yet.
     *
     * @param timeout what the brokers are given for all answers of one observation
     */
    public SinkOffsetObserver(KafkaSettings settings, String clientId, List<Pipeline> pipelines, Duration timeout) {
        this(settings, clientId, pipelines, timeout, Admin::create);
    }

    SinkOffsetObserver(
            KafkaSettings settings, String clientId, List<Pipeline> pipelines, Duration timeout, Connector connector) {
        this.settings = settings;
        this.clientId = clientId;
        this.pipelines = List.copyOf(pipelines);
        this.timeout = timeout;
        this.connector = connector;
    }

    /**
     * What each sink group of each pipeline gave, and the topics of each pipeline.
     *
     * @param configured by sink group: what its connector is configured to consume, where that is known
     */
    public KafkaObservation observe(Map<String, ConfiguredTopics> configured) throws InterruptedException {
        if (!connected()) {
            return unobserved(notConnected);
        }
        // Each stage has its own share of the time: a partition without a leader must not cost the groups theirs.
        PipelineTopics fed = topics.read(
                configured.values().stream()
                        .flatMap(sink -> sink.names().stream())
                        .toList(),
                Deadline.in(timeout.dividedBy(4)));
        Deadline slowly = Deadline.in(timeout.dividedBy(4));
        SlowFacts slow = slowFacts.read(fed.all(), slowly);
        topicSettings.read(fed.descriptions().keySet(), slowly);
        Reading reading = ends(fed, slow, Deadline.in(timeout.dividedBy(4)));
        Deadline rest = Deadline.in(timeout.dividedBy(4));
        Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committed =
                calls.committed(partitionsByGroup(fed), rest).take(rest);
        return joined(reading, committed, configured);
    }

    private boolean connected() {
        if (admin == null && backoff.due()) {
            try {
                admin = connector.connect(settings.admin(clientId));
                calls = new AdminCalls(admin, settings.address());
                topics = new TopicsReader(calls, pipelines, System::nanoTime);
                topicSettings = new TopicSettings(calls, System::nanoTime);
                slowFacts = new SlowFactsReader(calls, pipelines);
            } catch (KafkaException e) {
                // Most often a name that does not resolve, which may be cured without us.
                backoff.failed(LONGEST_WAIT);
                notConnected = settings.notCreated("client", e);
            }
        }
        return admin != null;
    }

    /**
     * Of every partition the end of all that is written, which positions rest on; and, of those whose sinks read committed,
     * the end that they can reach.
     */
    private Reading ends(PipelineTopics fed, SlowFacts slow, Deadline deadline) throws InterruptedException {
        Set<TopicPartition> all = fed.all();
        Set<TopicPartition> readCommitted = new HashSet<>();
        for (Pipeline pipeline : pipelines) {
            if (fed.heartbeat(pipeline) != null) {
                all.add(fed.heartbeat(pipeline));
            }
            if (pipeline.readCommitted()) {
                readCommitted.addAll(fed.of(pipeline));
            }
        }
        Pending<TopicPartition, Long> written =
                calls.offsets(all, OffsetSpec.latest(), IsolationLevel.READ_UNCOMMITTED, deadline);
        Pending<TopicPartition, Long> stable =
                calls.offsets(readCommitted, OffsetSpec.latest(), IsolationLevel.READ_COMMITTED, deadline);
        Map<TopicPartition, Answer<Long>> writtenEnds = written.take(deadline);
        Map<TopicPartition, Answer<Long>> stableEnds = stable.take(deadline);
        return new Reading(fed, slow, topicSettings, writtenEnds, stableEnds, System.nanoTime(), topics.justFound());
    }

    private Map<String, Set<TopicPartition>> partitionsByGroup(PipelineTopics fed) {
        Map<String, Set<TopicPartition>> byGroup = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            for (String group : pipeline.sinkGroups()) {
                byGroup.computeIfAbsent(group, name -> new HashSet<>()).addAll(fed.of(pipeline));
            }
        }
        // An empty list of partitions would mean all of them.
        byGroup.values().removeIf(Set::isEmpty);
        return byGroup;
    }

    private KafkaObservation joined(
            Reading reading,
            Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committed,
            Map<String, ConfiguredTopics> configured) {
        Map<Sink, SinkObservation> sinks = new HashMap<>();
        Map<Sink, Map<TopicPartition, Long>> committedNow = new HashMap<>();
        Map<String, TopicsObservation> observed = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            observed.put(pipeline.name(), reading.topics(pipeline));
            for (String group : pipeline.sinkGroups()) {
                Sink sink = new Sink(pipeline.name(), group);
                SinkOffsets offsets = new SinkOffsets(
                        pipeline,
                        group,
                        reading,
                        committed.get(group),
                        committedBefore.getOrDefault(sink, Map.of()),
                        configured.get(group));
                sinks.put(sink, offsets.join());
                committedNow.put(sink, offsets.committedNow());
            }
        }
        committedBefore = committedNow;
        return new KafkaObservation(reading.slow().clusterId(), sinks, observed);
    }

    private KafkaObservation unobserved(Failure failure) {
        Map<Sink, SinkObservation> sinks = new HashMap<>();
        pipelines.forEach(pipeline -> pipeline.sinkGroups()
                .forEach(
                        group -> sinks.put(new Sink(pipeline.name(), group), new SinkObservation.Unobserved(failure))));
        return new KafkaObservation(null, sinks, Map.of());
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
