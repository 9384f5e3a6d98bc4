package io.cdcprogress;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.ProgressReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a pipeline's findings when they change, and only then. */
final class FindingLog {
    private static final Logger LOG = LoggerFactory.getLogger(FindingLog.class);

    private final Map<Sink, List<Finding>> last = new HashMap<>();

    void note(ProgressReport report) {
        Sink sink = new Sink(report.pipeline().name(), report.sinkGroup());
        List<Finding> findings = report.verdict().findings();
        if (!findings.equals(last.put(sink, findings))) {
            LOG.info(
                    "pipeline={} slot={} group={} health={} findings={}: {}",
                    sink.pipeline(),
                    report.pipeline().slotName(),
                    sink.group(),
                    report.verdict().health(),
                    findings,
                    report.verdict().detail());
        }
    }
}
