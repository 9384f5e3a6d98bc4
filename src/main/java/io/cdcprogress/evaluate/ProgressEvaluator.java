package io.cdcprogress.evaluate;

import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.Verdict;
import java.time.Instant;
import java.util.List;

/** Turns what was observed of a pipeline and a sink group into a report. Pure: facts and now in, report out. */
public final class ProgressEvaluator {
    private ProgressEvaluator() {}

    /**
     * The report of one observation.
     *
     * @param kafkaClusterId null if not known
     * @param workerNow the worker's clock, used only where the database told no time
     */
    public static ProgressReport evaluate(
            Pipeline pipeline,
            String group,
            SlotObservation slotObservation,
            SinkObservation sinkObservation,
            SinkPosition position,
            String kafkaClusterId,
            Instant workerNow) {
        ServerFacts server = slotObservation.serverFacts();
        SlotFacts slot = slotObservation.slotFacts();
        SinkObservation.Observed sink = sinkObservation instanceof SinkObservation.Observed observed ? observed : null;
        List<PartitionProgress> partitions = sink == null
                ? null
                : SinkLag.byPartition(
                        group, sink.partitions(), position.partitions(), server == null ? null : server.observedAt());
        Lag lag = lag(server, slot, position, partitions);
        Verdict verdict = FindingRules.judge(pipeline, group, slotObservation, sinkObservation, position, lag);
        return new ProgressReport(
                pipeline,
                group,
                server == null ? workerNow : server.observedAt(),
                server != null,
                server,
                slot,
                kafkaClusterId,
                sink == null ? null : sink.state(),
                partitions,
                position,
                lag,
                verdict);
    }

    private static Lag lag(
            ServerFacts server, SlotFacts slot, SinkPosition position, List<PartitionProgress> partitions) {
        Lsn source = server == null ? null : server.sourceLsn();
        return new Lag(
                slot == null ? null : bytes(source, slot.processedLsn()),
                slot == null ? null : bytes(source, slot.restartLsn()),
                bytes(source, position.published()),
                bytes(position.published(), position.sink()),
                bytes(source, position.sink()),
                SinkLag.total(partitions),
                SinkLag.lagging(partitions));
    }

    private static Long bytes(Lsn later, Lsn earlier) {
        return later == null || earlier == null ? null : later.bytesSince(earlier);
    }
}
