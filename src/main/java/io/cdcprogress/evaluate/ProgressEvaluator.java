package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.Verdict;
import java.util.List;

/**
 * Turns what was observed of a pipeline and a sink group into a report. Pure: facts, history and now in, report out.
 *
 * <ol>
 *   <li>count: differences of positions, records per partition;
 *   <li>remember: what has been the same for how long, and how fast the rest moves;
 *   <li>foresee: when it ends at that pace;
 *   <li>judge: which findings hold, and what to say.
 * </ol>
 */
public final class ProgressEvaluator {
    private ProgressEvaluator() {}

    /**
     * The report of one observation.
     *
     * @param before what the last observation of the same pipeline and sink left
     */
    public static Judged evaluate(Situation situation, History before) {
        ServerFacts server = situation.server();
        SinkObservation.Observed sink = situation.sink();
        SinkPosition position = situation.position();
        List<PartitionProgress> partitions = sink == null
                ? null
                : SinkLag.byPartition(
                        situation.group(),
                        sink.partitions(),
                        position.partitions(),
                        server == null ? null : server.observedAt());
        Lag lag = lag(server, situation.slot(), position, partitions);
        History history = before.next(situation, partitions);
        Rates rates = Forecast.of(situation, partitions, lag, history);
        Findings findings = FindingRules.judge(situation, history, lag, rates);
        Finding first = findings.inOrder().get(0);
        history = history.found(first, situation.observedAt());
        ProgressReport report = new ProgressReport(
                situation.pipeline(),
                situation.group(),
                situation.observedAt(),
                server != null,
                server,
                situation.slot(),
                situation.kafkaClusterId(),
                sink == null ? null : sink.state(),
                partitions,
                position,
                lag,
                rates,
                situation.sourceConnector(),
                situation.sinkConnector(),
                new Verdict(
                        first.health(),
                        findings.inOrder(),
                        history.windows().since(Kind.FINDING),
                        findings.detail() + lessSure(position, findings.detail())),
                history.windows().running());
        return new Judged(report, history);
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

    /** No finding, for the position is true without it. */
    private static String lessSure(SinkPosition position, String detail) {
        boolean said = position.lessSure() == null
                || detail.contains(position.lessSure().detail());
        return said
                ? ""
                : "; less is proven than could be: " + position.lessSure().detail();
    }
}
