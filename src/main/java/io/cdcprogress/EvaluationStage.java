package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.evaluate.History;
import io.cdcprogress.evaluate.Judged;
import io.cdcprogress.evaluate.ProgressEvaluator;
import io.cdcprogress.evaluate.Situation;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.Thresholds;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Judges every sink of every pipeline, and keeps what one judgement leaves for the next. */
final class EvaluationStage {
    private static final Logger LOG = LoggerFactory.getLogger(EvaluationStage.class);

    private static final Duration SHORTEST_PAUSE = Duration.ofMinutes(1);

    private final Map<String, Thresholds> thresholds = new HashMap<>();
    private final Map<Sink, History> histories = new HashMap<>();
    /** The same moment by both clocks: what lasts must not depend on a clock that is set. */
    private final Instant startedAt;

    private final long startedNanos = System.nanoTime();
    private final Duration pause;
    private long lastAt = startedNanos;

    EvaluationStage(CdcProgressConfig config, Map<Sink, SinkMemory> stored, Clock clock) {
        startedAt = clock.instant();
        Duration intervals = config.pollInterval().multipliedBy(3);
        pause = intervals.compareTo(SHORTEST_PAUSE) > 0 ? intervals : SHORTEST_PAUSE;
        config.taskPipelines().forEach(pipeline -> thresholds.put(pipeline.name(), config.thresholds(pipeline.name())));
        stored.forEach((sink, memory) -> histories.put(sink, History.resumed(memory.windows())));
    }

    /** After a pause nothing is known of the time in between. A moment in which Kafka took no records is none. */
    void resumed() {
        if (System.nanoTime() - lastAt > pause.toNanos()) {
            histories.clear();
        }
    }

    /** @param at {@link System#nanoTime} after the slots and Connect were read, before Kafka was */
    ProgressReport evaluate(
            Pipeline pipeline,
            String group,
            long at,
            SlotObservation slot,
            ConnectObservation connect,
            KafkaObservation kafka,
            SinkPosition position) {
        lastAt = at;
        Sink sink = new Sink(pipeline.name(), group);
        SourceConnectorFacts source = connect.sources().get(pipeline.name());
        Situation situation = new Situation(
                pipeline,
                group,
                moment(at),
                slot,
                source,
                kafka.topics().get(pipeline.name()),
                kafka.sinks().get(sink),
                connect.sinkConnectors().get(group),
                connect.listedAt() == 0 ? null : moment(connect.listedAt()),
                source.storedAskedAt() == 0 ? null : moment(source.storedAskedAt()),
                position,
                kafka.clusterId(),
                thresholds.get(pipeline.name()));
        History before = histories.getOrDefault(sink, History.NONE);
        try {
            return kept(sink, ProgressEvaluator.evaluate(situation, before));
        } catch (RuntimeException e) {
            // A mistake of ours in one pipeline's facts must not silence the others.
            LOG.error("pipeline={} group={}: the observation could not be evaluated", pipeline.name(), group, e);
            return kept(sink, ProgressEvaluator.evaluate(unobserved(situation, mistake(e)), History.NONE));
        }
    }

    private Instant moment(long nanos) {
        return startedAt.plusNanos(nanos - startedNanos);
    }

    private ProgressReport kept(Sink sink, Judged judged) {
        histories.put(sink, judged.history());
        return judged.report();
    }

    private static Failure mistake(RuntimeException e) {
        return new Failure(
                Finding.POSITION_UNKNOWN, "the observation could not be evaluated (" + e + "): please report it");
    }

    private static Situation unobserved(Situation situation, Failure failure) {
        return new Situation(
                situation.pipeline(),
                situation.group(),
                situation.now(),
                new SlotObservation.Unobserved(failure),
                SourceConnectorFacts.NOT_ASKED,
                null,
                new SinkObservation.Unobserved(failure),
                null,
                null,
                null,
                SinkPosition.unknown(failure, Map.of(), situation.position().memory()),
                situation.kafkaClusterId(),
                situation.thresholds());
    }
}
