package io.cdcprogress.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;

/**
 * Kafka's metrics of a plugin, which are there from 4.1 on. On an older worker this class can't be loaded, or not be made: a
 * {@link LinkageError}, for which its maker is prepared. Nothing else may name these types.
 */
final class PluginGauges implements Gauges {
    private final PluginMetrics metrics;
    private final Map<Series, MetricName> names = new HashMap<>();

    PluginGauges(SourceTaskContext context) {
        this.metrics = context.pluginMetrics();
    }

    @Override
    public void add(Series series, Supplier<Double> value) {
        MetricName name =
                metrics.metricName(series.metric().attribute(), series.metric().help(), series.tags());
        metrics.addMetric(name, (Gauge<Double>) (config, now) -> value.get());
        names.put(series, name);
    }

    @Override
    public void remove(Series series) {
        metrics.removeMetric(names.remove(series));
    }
}
