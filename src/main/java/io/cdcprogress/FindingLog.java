package io.cdcprogress;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.ProgressReport;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs a pipeline's findings when they change, and only then: as a warning what needs somebody. */
final class FindingLog {
    private static final Logger LOG = LoggerFactory.getLogger(FindingLog.class);
    private static final String LINE = "pipeline={} slot={} group={} health={} findings={}: {}";

    private final Map<Sink, List<Finding>> last = new HashMap<>();

    void note(ProgressReport report) {
        Sink sink = new Sink(report.pipeline().name(), report.sinkGroup());
        List<Finding> findings = report.verdict().findings();
        if (findings.equals(last.put(sink, findings))) {
            return;
        }
        Health health = report.verdict().health();
        Object[] said = {
            sink.pipeline(),
            report.pipeline().slotName(),
            sink.group(),
            health,
            findings,
            report.verdict().detail()
        };
        if (health == Health.OK || health == Health.BEHIND) {
            LOG.info(LINE, said);
        } else {
            LOG.warn(LINE, said);
        }
    }
}
