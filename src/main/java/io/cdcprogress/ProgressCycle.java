package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.metrics.ProgressMetrics;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.observe.connect.ConnectObserver;
import io.cdcprogress.observe.kafka.SinkOffsetObserver;
import io.cdcprogress.observe.postgres.SlotObserver;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One observation from beginning to end: the whole flow in one place.
 *
 * <ol>
 *   <li>observe PostgreSQL: the slots of all pipelines;
 *   <li>observe Connect: what it has stored of the source connectors;
 *   <li>observe Kafka: topics, then end offsets, then committed offsets, of all sink groups;
 *   <li>resolve: read what the sinks have not consumed yet, and translate offsets into LSNs;
 *   <li>evaluate: facts, history and time in, report out, for every pipeline and sink group;
 *   <li>publish what the reports say as metrics; the records are made when they are asked for.
 * </ol>
 *
 * <p>The order is part of the truth: what the slot has confirmed, and what Connect has stored, lies below the ends that
 * are read after it. Whatever fails is a value in the observations, so one pipeline's failure is one report and the
 * others go on.
 */
final class ProgressCycle implements ObservationLoop.Observing {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressCycle.class);

    private final List<Pipeline> pipelines;
    private final SlotObserver slots;
    private final ConnectObserver connect;
    private final SinkOffsetObserver sinks;
    private final PositionStage positions;
    private final EvaluationStage evaluation;
    private final ProgressMetrics metrics;
    private final FindingLog findingLog = new FindingLog();

    /** @param stored what was kept of the sinks before a restart */
    ProgressCycle(CdcProgressConfig config, Map<Sink, SinkMemory> stored, ProgressMetrics metrics, Clock workerClock) {
        this.metrics = metrics;
        this.pipelines = config.taskPipelines();
        this.slots = new SlotObserver(
                pipelines,
                pipeline -> config.database(pipeline.name()),
                pipeline -> config.databaseUnknown(pipeline.name()),
                config.observationTimeout());
        this.connect = new ConnectObserver(
                pipelines,
                pipeline -> config.sourceConnector(pipeline.name()),
                config.connect(),
                config.flushInterval(),
                config.pollInterval(),
                config.observationTimeout());
        this.sinks = new SinkOffsetObserver(config.kafka(), clientId(config), pipelines, config.observationTimeout());
        Map<Sink, PositionMemory> storedPositions = new HashMap<>();
        stored.forEach((sink, memory) -> storedPositions.put(sink, memory.position()));
        this.positions = new PositionStage(config, clientId(config), storedPositions);
        this.evaluation = new EvaluationStage(config, stored, workerClock);
    }

    /** Nothing was observed for a while: what must last to be told begins anew. */
    @Override
    public void resumed() {
        evaluation.resumed();
    }

    @Override
    public void unobserved() {
        metrics.unobserved();
    }

    @Override
    public List<ProgressReport> observe() throws InterruptedException {
        long begun = System.nanoTime();
        Map<String, SlotObservation> slotObservations = slots.observe();
        ConnectObservation connectObservation = connect.observe();
        long at = System.nanoTime();
        KafkaObservation kafka = sinks.observe(connectObservation.sinkTopics());
        Map<Sink, SinkPosition> sinkPositions = positions.resolve(at, slotObservations, connectObservation, kafka);
        List<ProgressReport> reports = new ArrayList<>();
        for (Pipeline pipeline : pipelines) {
            for (String group : pipeline.sinkGroups()) {
                reports.add(evaluation.evaluate(
                        pipeline,
                        group,
                        at,
                        slotObservations.get(pipeline.name()),
                        connectObservation,
                        kafka,
                        sinkPositions.get(new Sink(pipeline.name(), group))));
            }
        }
        reports.forEach(findingLog::note);
        metrics.observed(reports, Duration.ofNanos(System.nanoTime() - begun));
        LOG.debug("Observed {} pipelines", pipelines.size());
        return reports;
    }

    private static String clientId(CdcProgressConfig config) {
        return "cdc-progress-" + config.connectorName() + "-"
                + config.taskPipelines().get(0).name();
    }

    @Override
    public void close() {
        slots.close();
        connect.close();
        sinks.close();
        positions.close();
        metrics.close();
    }
}
