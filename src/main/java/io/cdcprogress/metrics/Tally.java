package io.cdcprogress.metrics;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.record.ProgressRecordMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts observations, and turns them into series with their values. Pure but for what it has counted. */
final class Tally {
    private static final Set<Finding> UNANSWERED =
            EnumSet.of(Finding.SOURCE_UNREACHABLE, Finding.KAFKA_UNREACHABLE, Finding.NOT_AUTHORIZED);
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double MILLISECONDS_PER_SECOND = 1000;

    private final Map<Sink, Double> lastSuccess = new HashMap<>();
    private final Map<Sink, Long> errors = new HashMap<>();

    /**
     * What is known, and nothing else.
     *
     * @param now by the worker's clock, when it ended
     */
    Map<Series, Double> series(List<ProgressReport> reports, Duration took, Instant now) {
        Map<Series, Double> series = new HashMap<>();
        series.put(
                new Series(ProgressMetric.OBSERVATION_DURATION_SECONDS, null, Series.NO_LABEL),
                took.toNanos() / NANOS_PER_SECOND);
        for (ProgressReport report : reports) {
            Sink sink = new Sink(report.pipeline().name(), report.sinkGroup());
            Observed observed = count(sink, report, now);
            for (ProgressMetric metric : ProgressMetric.values()) {
                observed.read(metric).forEach((label, value) -> series.put(new Series(metric, sink, label), value));
            }
        }
        return series;
    }

    private Observed count(Sink sink, ProgressReport report, Instant now) {
        if (answered(report)) {
            lastSuccess.put(sink, now.toEpochMilli() / MILLISECONDS_PER_SECOND);
        }
        errors.merge(sink, answered(report) ? 0L : 1L, Long::sum);
        return new Observed(
                ProgressRecordMapper.facts(report), report.verdict(), lastSuccess.get(sink), errors.get(sink));
    }

    /** PostgreSQL, Kafka, and Connect where it is asked. */
    private static boolean answered(ProgressReport report) {
        return report.server() != null
                && report.position().lessSure() == null
                && report.verdict().findings().stream().noneMatch(UNANSWERED::contains);
    }
}
