package io.cdcprogress.evaluate;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
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
            String kafkaClusterId,
            Instant workerNow) {
        ServerFacts server = slotObservation.serverFacts();
        SlotFacts slot = slotObservation.slotFacts();
        SinkObservation.Observed sink = sinkObservation instanceof SinkObservation.Observed observed ? observed : null;
        List<PartitionProgress> partitions = sink == null ? null : SinkLag.byPartition(group, sink.partitions());
        Long lagBytes = slot == null ? null : bytes(server.sourceLsn(), slot.processedLsn());
        Long sinkLagRecords = sink == null ? null : SinkLag.total(partitions);
        Verdict verdict =
                FindingRules.judge(pipeline, group, slotObservation, sinkObservation, lagBytes, sinkLagRecords);
        return new ProgressReport(
                pipeline,
                group,
                server == null ? workerNow : server.observedAt(),
                server != null,
                server,
                slot,
                lagBytes,
                slot == null ? null : bytes(server.sourceLsn(), slot.restartLsn()),
                kafkaClusterId,
                sink == null ? null : sink.state(),
                partitions,
                sinkLagRecords,
                sink == null ? null : SinkLag.lagging(partitions),
                verdict);
    }

    private static Long bytes(Lsn source, Lsn earlier) {
        return earlier == null ? null : source.bytesSince(earlier);
    }
}
