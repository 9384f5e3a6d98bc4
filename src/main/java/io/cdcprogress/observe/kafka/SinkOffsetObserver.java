package io.cdcprogress.observe.kafka;

import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
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
    private final KafkaSettings settings;
    private final String clientId;
    private final List<Pipeline> pipelines;
    private final Duration timeout;
    private Admin admin;
    private AdminCalls calls;
    private SlowFactsReader slowFacts;

    /**
     * Connects to nothing yet.
     *
     * @param timeout what the brokers are given for all answers of one observation
     */
    public SinkOffsetObserver(KafkaSettings settings, String clientId, List<Pipeline> pipelines, Duration timeout) {
        this.settings = settings;
        this.clientId = clientId;
        this.pipelines = List.copyOf(pipelines);
        this.timeout = timeout;
    }

    /** What each sink group of each pipeline gave. */
    public KafkaObservation observe() throws InterruptedException {
        try {
            connect();
        } catch (KafkaException e) {
            // Most often a name that does not resolve, which may be cured without us.
            return unobserved(
                    KafkaErrors.failure(e.getCause() == null ? e : e.getCause(), "a connection", settings.address()));
        }
        // The ends may use up half of the time, so that a partition without a leader does not cost the groups theirs.
        Deadline half = Deadline.in(timeout.dividedBy(2));
        Deadline whole = Deadline.in(timeout);
        SlowFacts slow = slowFacts.read(half);
        Map<Boolean, Map<TopicPartition, Answer<Long>>> ends = ends(slow, half);
        Map<String, Answer<Map<TopicPartition, OffsetAndMetadata>>> committed =
                calls.committed(partitionsByGroup(slow), whole);
        Map<Sink, SinkObservation> sinks = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            for (String group : pipeline.sinkGroups()) {
                sinks.put(
                        new Sink(pipeline.name(), group),
                        new SinkObservations(slow, ends.get(pipeline.readCommitted()), committed).of(pipeline, group));
            }
        }
        return new KafkaObservation(slow.clusterId(), sinks);
    }

    private void connect() {
        if (admin == null) {
            admin = Admin.create(settings.admin(clientId));
            calls = new AdminCalls(admin, settings.address());
            slowFacts = new SlowFactsReader(calls, pipelines);
        }
    }

    /** By whether the sink reads committed: which end it can reach depends on that. */
    private Map<Boolean, Map<TopicPartition, Answer<Long>>> ends(SlowFacts slow, Deadline deadline)
            throws InterruptedException {
        Map<Boolean, Set<TopicPartition>> partitions = new HashMap<>();
        pipelines.forEach(pipeline -> partitions
                .computeIfAbsent(pipeline.readCommitted(), isolation -> new HashSet<>())
                .addAll(slow.partitions(pipeline)));
        Map<Boolean, Map<TopicPartition, Answer<Long>>> ends = new HashMap<>();
        for (Map.Entry<Boolean, Set<TopicPartition>> entry : partitions.entrySet()) {
            IsolationLevel isolation = entry.getKey() ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED;
            ends.put(entry.getKey(), calls.offsets(entry.getValue(), OffsetSpec.latest(), isolation, deadline));
        }
        return ends;
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

    private KafkaObservation unobserved(Failure failure) {
        Map<Sink, SinkObservation> sinks = new HashMap<>();
        Failure told = new Failure(Finding.KAFKA_UNREACHABLE, failure.detail());
        pipelines.forEach(pipeline -> pipeline.sinkGroups()
                .forEach(group -> sinks.put(new Sink(pipeline.name(), group), new SinkObservation.Unobserved(told))));
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
