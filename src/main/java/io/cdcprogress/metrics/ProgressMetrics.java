package io.cdcprogress.metrics;

import io.cdcprogress.model.ProgressReport;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what the last observation said as metrics of this plugin in its worker. What is not known has no series, and what
 * is not observed any more has none either. Never throws: a mistake here must not end the observing.
 */
public final class ProgressMetrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgressMetrics.class);

    /** Null where the worker has none. */
    private final Gauges gauges;

    private final Clock clock;
    private final Tally tally = new Tally();
    private final Set<Series> published = new HashSet<>();
    /** Of one observation, all of it: whoever looks sees no half of the next. */
    private volatile Map<Series, Double> values = Map.of();

    private boolean closed;
    private boolean complained;

    ProgressMetrics(Gauges gauges, Clock clock) {
        this.gauges = gauges;
        this.clock = clock;
    }

    /**
     * In the worker that the task runs on; where that has no metrics of plugins, nowhere.
     *
     * @param workerClock for the time of the last success
     */
    public static ProgressMetrics of(SourceTaskContext context, Clock workerClock) {
        return new ProgressMetrics(gauges(context), workerClock);
    }

    private static Gauges gauges(SourceTaskContext context) {
        try {
            return new PluginGauges(context);
        } catch (LinkageError e) {
            LOG.info("No metrics are published: workers have metrics of plugins from Kafka 4.1 on");
            return null;
        }
    }

    /** In place of what was observed before. */
    public synchronized void observed(List<ProgressReport> reports, Duration took) {
        if (gauges != null && !closed) {
            publish(series(reports, took));
        }
    }

    private Map<Series, Double> series(List<ProgressReport> reports, Duration took) {
        try {
            return tally.series(reports, took, clock.instant());
        } catch (RuntimeException e) {
            complain("an observation", e);
            return Map.of();
        }
    }

    /** What was observed is too old to stand. */
    public synchronized void unobserved() {
        publish(Map.of());
    }

    /** When it returns, the names are free for the next task; what is still being observed is not published. */
    @Override
    public synchronized void close() {
        closed = true;
        publish(Map.of());
    }

    private void publish(Map<Series, Double> next) {
        forEach(published.stream().filter(series -> !next.containsKey(series)).toList(), this::withdraw);
        values = next;
        forEach(
                next.keySet().stream()
                        .filter(series -> !published.contains(series))
                        .toList(),
                this::add);
    }

    private void withdraw(Series series) {
        published.remove(series);
        gauges.remove(series);
    }

    /** Where the name is still taken, by a task that was given up, the next observation tries again. */
    private void add(Series series) {
        gauges.add(series, () -> values.get(series));
        published.add(series);
    }

    private void forEach(List<Series> all, Consumer<Series> action) {
        for (Series series : all) {
            try {
                action.accept(series);
            } catch (RuntimeException e) {
                complain(series, e);
            }
        }
    }

    /** Once: what is wrong now is wrong at every observation. */
    private void complain(Object what, RuntimeException e) {
        if (complained) {
            LOG.debug("{} could not be published or withdrawn", what, e);
        } else {
            LOG.warn("Metrics are incomplete: {} could not be published or withdrawn; more at DEBUG", what, e);
        }
        complained = true;
    }
}
