package io.cdcprogress.observe.connect;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SourceConnectorFacts;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Connect REST for the source connectors' states and stored offsets, and for what the sink connectors are configured
 * to consume: one listing at most every 10 s, the offsets of a connector at most once per flush interval. On a thread of
 * its own, so that a Connect that does not answer delays the observation by a moment once, and then not at all.
 */
public final class ConnectObserver implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectObserver.class);
    /** A state that was told longer ago, and longer than two observations, is not known any more. */
    private static final Duration STATES_HOLD = Duration.ofSeconds(30);

    private static final Duration LONGEST_MOMENT = Duration.ofSeconds(1);
    /** The part of the timeout that Connect may take of an observation: the rest is for those after it. */
    private static final int SHARE = 5;

    /** By the pipeline's name. */
    private final Map<String, String> connectors = new HashMap<>();

    private final List<Pipeline> pipelines;
    private final Duration moment;
    private final Duration statesHold;
    private final ConnectReader reader;
    private final LongSupplier nanoTime;
    private final ExecutorService thread;
    private Future<Void> round;

    /**
     * Connects to nothing yet.
     *
     * @param sourceConnectors the name of a pipeline's Debezium connector; null if it is not given
     * @param settings null for asking nothing, ever
     * @param flushInterval the longest {@code offset.flush.interval.ms} of the connectors
     * @param pollInterval from one observation to the next
     * @param timeout what a worker is given to answer one request
     */
    public ConnectObserver(
            List<Pipeline> pipelines,
            Function<Pipeline, String> sourceConnectors,
            ConnectSettings settings,
            Duration flushInterval,
            Duration pollInterval,
            Duration timeout) {
        this(pipelines, sourceConnectors, settings, flushInterval, pollInterval, timeout, System::nanoTime);
    }

    ConnectObserver(
            List<Pipeline> pipelines,
            Function<Pipeline, String> sourceConnectors,
            ConnectSettings settings,
            Duration flushInterval,
            Duration pollInterval,
            Duration timeout,
            LongSupplier nanoTime) {
        this.pipelines = List.copyOf(pipelines);
        this.nanoTime = nanoTime;
        Duration twice = pollInterval.multipliedBy(2);
        this.statesHold = twice.compareTo(STATES_HOLD) > 0 ? twice : STATES_HOLD;
        Duration share = timeout.dividedBy(SHARE);
        this.moment = share.compareTo(LONGEST_MOMENT) < 0 ? share : LONGEST_MOMENT;
        if (settings == null) {
            this.reader = null;
            this.thread = null;
            return;
        }
        Map<String, String> keys = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            String connector = sourceConnectors.apply(pipeline);
            if (connector != null) {
                connectors.put(pipeline.name(), connector);
                keys.merge(connector, key(pipeline), (one, other) -> one + ", " + other);
            }
        }
        this.reader = new ConnectReader(
                new ConnectRequests(settings, timeout),
                keys,
                pipelines.stream()
                        .flatMap(pipeline -> pipeline.sinkGroups().stream())
                        .collect(Collectors.toSet()),
                flushInterval,
                nanoTime);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread own = new Thread(task, "cdc-progress-connect");
            own.setDaemon(true);
            return own;
        });
    }

    private static String key(Pipeline pipeline) {
        return PipelineKeys.key(pipeline.name(), PipelineKeys.SOURCE_CONNECTOR);
    }

    /**
     * Asks for what is due and waits a moment for it, unless the last request was not answered or is still open; then
     * says what is known, however old. Failures are in the facts.
     */
    public ConnectObservation observe() throws InterruptedException {
        if (reader != null && (round == null || round.isDone())) {
            boolean worthWaiting = reader.answering();
            round = thread.submit(() -> {
                reader.round();
                return null;
            });
            if (worthWaiting) {
                awaitAMoment();
            }
        }
        return observation(reader == null ? Known.nothing(null) : reader.known());
    }

    private void awaitAMoment() throws InterruptedException {
        try {
            round.get(moment.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            LOG.debug("Connect has not answered yet: its answer counts at a later observation");
        } catch (ExecutionException e) {
            LOG.error("Connect could not be asked: please report it", e.getCause());
        }
    }

    private ConnectObservation observation(Known all) {
        boolean stale = nanoTime.getAsLong() - all.listedAt() > statesHold.toNanos();
        Known known = stale ? all.withoutStates() : all;
        Map<String, SourceConnectorFacts> sources = new HashMap<>();
        for (Pipeline pipeline : pipelines) {
            String connector = connectors.get(pipeline.name());
            sources.put(
                    pipeline.name(),
                    connector == null ? SourceConnectorFacts.NOT_ASKED : known.facts(connector, key(pipeline)));
        }
        return new ConnectObservation(
                known.clusterId(), sources, known.sinkTopics(), known.sinkConnectors(), known.listedAt());
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        if (thread != null) {
            thread.shutdownNow();
        }
    }
}
