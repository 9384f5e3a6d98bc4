package io.cdcprogress.observe.kafka;

import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.observe.Backoff;
import java.time.Duration;
import java.util.EnumMap;
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

    /** What each sink group of each pipeline gave. */
    public KafkaObservation observe() throws InterruptedException {
        if (!connected()) {
            return unobserved(notConnected);
        }
        // Each stage has its own share of the time: a partition without a leader must not cost the groups theirs.
        SlowFacts slow = slowFacts.read(Deadline.in(timeout.dividedBy(3)));
        Map<IsolationLevel, Map<TopicPartition, Answer<Long>>> ends = ends(slow, Deadline.in(timeout.dividedBy(3)));
        Deadline rest = Deadline.in(timeout.dividedBy(3));
        Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committed =
                calls.committed(partitionsByGroup(slow), rest).take(rest);
        return joined(slow, ends, committed);
    }

    private boolean connected() {
        if (admin == null && backoff.due()) {
            try {
                admin = connector.connect(settings.admin(clientId));
                calls = new AdminCalls(admin, settings.address());
                slowFacts = new SlowFactsReader(calls, pipelines);
            } catch (KafkaException e) {
                // Most often a name that does not resolve, which may be cured without us.
                backoff.failed(LONGEST_WAIT);
                notConnected = KafkaErrors.notCreated(e, settings.address());
            }
        }
        return admin != null;
    }

    /** By isolation level of the sinks: which end a sink can reach depends on that. */
    private Map<IsolationLevel, Map<TopicPartition, Answer<Long>>> ends(SlowFacts slow, Deadline deadline)
            throws InterruptedException {
        Map<IsolationLevel, Set<TopicPartition>> partitions = new EnumMap<>(IsolationLevel.class);
        pipelines.forEach(pipeline -> partitions
                .computeIfAbsent(isolation(pipeline), level -> new HashSet<>())
                .addAll(slow.partitions(pipeline)));
        Map<IsolationLevel, Pending<TopicPartition, Long>> asked = new EnumMap<>(IsolationLevel.class);
        partitions.forEach((level, of) -> asked.put(level, calls.offsets(of, OffsetSpec.latest(), level, deadline)));
        Map<IsolationLevel, Map<TopicPartition, Answer<Long>>> ends = new EnumMap<>(IsolationLevel.class);
        for (Map.Entry<IsolationLevel, Pending<TopicPartition, Long>> level : asked.entrySet()) {
            ends.put(level.getKey(), level.getValue().take(deadline));
        }
        return ends;
    }

    private static IsolationLevel isolation(Pipeline pipeline) {
        return pipeline.readCommitted() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
    }

    private Map<String, Set<TopicPartition>> partitionsByGroup(SlowFacts slow) {
        Map<String, Set<TopicPartition>> byGroup = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            for (String group : pipeline.sinkGroups()) {
                byGroup.computeIfAbsent(group, name -> new HashSet<>()).addAll(slow.partitions(pipeline));
            }
        }
        // An empty list of partitions would mean all of them.
        byGroup.values().removeIf(Set::isEmpty);
        return byGroup;
    }

    private KafkaObservation joined(
            SlowFacts slow,
            Map<IsolationLevel, Map<TopicPartition, Answer<Long>>> ends,
            Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committed) {
        Map<Sink, SinkObservation> sinks = new HashMap<>();
        Map<Sink, Map<TopicPartition, Long>> committedNow = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            for (String group : pipeline.sinkGroups()) {
                Sink sink = new Sink(pipeline.name(), group);
                SinkOffsets offsets = new SinkOffsets(
                        pipeline,
                        group,
                        slow,
                        ends.get(isolation(pipeline)),
                        committed.get(group),
                        committedBefore.getOrDefault(sink, Map.of()));
                sinks.put(sink, offsets.join());
                committedNow.put(sink, offsets.committedNow());
            }
        }
        committedBefore = committedNow;
        return new KafkaObservation(slow.clusterId(), sinks);
    }

    private KafkaObservation unobserved(Failure failure) {
        Map<Sink, SinkObservation> sinks = new HashMap<>();
        pipelines.forEach(pipeline -> pipeline.sinkGroups()
                .forEach(
                        group -> sinks.put(new Sink(pipeline.name(), group), new SinkObservation.Unobserved(failure))));
        return new KafkaObservation(null, sinks);
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
