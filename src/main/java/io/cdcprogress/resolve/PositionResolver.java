package io.cdcprogress.resolve;

import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotObservation;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Translates the sinks' offsets into positions in the source's history: what is left to read of it is read in three
 * batches for all pipelines, everything else is judged without any I/O.
 *
 * <ol>
 *   <li>the first unconsumed record of each partition that has any, where it is not known yet;
 *   <li>nearest earlier records where those tell no position, and the last records that the frontiers rest on;
 *   <li>heartbeats that came since the observation before.
 * </ol>
 */
public final class PositionResolver {
    private static final Failure MISTAKE = new Failure(
            Finding.POSITION_UNKNOWN,
            "the position could not be worked out; the worker's log says why: please report it");

    private final ChangeReader reader;
    private final BiConsumer<String, RuntimeException> mistakes;
    private final Map<String, PipelineResolver> resolvers = new HashMap<>();

    /**
     * @param stored what was kept of each sink's position before a restart; a sink of which nothing is, is not in it
     * @param settle see INFERRED: how long records that were published together may take to arrive
     * @param mistakes is told of a mistake of ours in a pipeline, by its name; the others go on
     */
    public PositionResolver(
            List<Pipeline> pipelines,
            ChangeReader reader,
            Map<Sink, PositionMemory> stored,
            Duration settle,
            BiConsumer<String, RuntimeException> mistakes) {
        this.reader = reader;
        this.mistakes = mistakes;
        for (Pipeline pipeline : pipelines) {
            Map<String, PositionMemory> own = new HashMap<>();
            stored.forEach((sink, memory) -> {
                if (sink.pipeline().equals(pipeline.name())) {
                    own.put(sink.group(), memory);
                }
            });
            resolvers.put(pipeline.name(), new PipelineResolver(pipeline, own, settle.toNanos()));
        }
    }

    /**
     * The position of every sink of every pipeline.
     *
     * @param at {@link System#nanoTime} after the slots and Connect were read, before Kafka was
     */
    public Map<Sink, SinkPosition> resolve(
            long at, Map<String, SlotObservation> slots, ConnectObservation connect, KafkaObservation kafka)
            throws InterruptedException {
        Failure otherCluster = otherCluster(connect.kafkaClusterId(), kafka.clusterId());
        Map<String, PipelineResolver> sound = new HashMap<>(resolvers);
        each(sound, resolver -> {
            String pipeline = resolver.name();
            resolver.begin(new Facts(
                    at,
                    slots.get(pipeline),
                    connect.sources().get(pipeline),
                    kafka.topics().get(pipeline),
                    sinks(pipeline, kafka),
                    otherCluster));
        });
        Map<Point, ReadResult> first = reader.first(points(sound, PipelineResolver::firstPoints));
        each(sound, resolver -> resolver.takeFirst(first));
        Map<Point, ReadResult> last = reader.lastBefore(points(sound, PipelineResolver::lastPoints));
        each(sound, resolver -> resolver.takeLast(last));
        Map<Point, Heartbeat> heartbeats = reader.heartbeats(points(sound, PipelineResolver::heartbeatPoints));
        Map<Sink, SinkPosition> positions = new HashMap<>();
        each(sound, resolver -> {
            resolver.takeHeartbeats(heartbeats);
            resolver.positions()
                    .forEach((group, position) -> positions.put(new Sink(resolver.name(), group), position));
        });
        resolvers.forEach((pipeline, resolver) -> {
            if (!sound.containsKey(pipeline)) {
                resolver.unknown(MISTAKE)
                        .forEach((group, position) -> positions.put(new Sink(pipeline, group), position));
            }
        });
        return positions;
    }

    /** A mistake in one pipeline's facts must not silence the others: it is left out of the rest of this observation. */
    private void each(Map<String, PipelineResolver> sound, Consumer<PipelineResolver> step) {
        for (PipelineResolver resolver : List.copyOf(sound.values())) {
            try {
                step.accept(resolver);
            } catch (RuntimeException e) {
                sound.remove(resolver.name());
                mistakes.accept(resolver.name(), e);
            }
        }
    }

    private Collection<Point> points(
            Map<String, PipelineResolver> sound, Function<PipelineResolver, List<Point>> which) {
        Set<Point> points = new LinkedHashSet<>();
        each(sound, resolver -> points.addAll(which.apply(resolver)));
        return points;
    }

    private static Map<String, SinkObservation> sinks(String pipeline, KafkaObservation kafka) {
        Map<String, SinkObservation> sinks = new HashMap<>();
        kafka.sinks().forEach((sink, observation) -> {
            if (sink.pipeline().equals(pipeline)) {
                sinks.put(sink.group(), observation);
            }
        });
        return sinks;
    }

    private static Failure otherCluster(String written, String observed) {
        return written == null || observed == null || written.equals(observed)
                ? null
                : new Failure(
                        Finding.CLUSTER_MISMATCH,
                        "Connect writes to Kafka cluster " + written + ", but kafka.bootstrap.servers is cluster "
                                + observed + ": the topics there are not those that the source connector fills; point"
                                + " kafka.bootstrap.servers at the cluster that Connect writes to");
    }
}
