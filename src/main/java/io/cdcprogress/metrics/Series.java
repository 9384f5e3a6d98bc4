package io.cdcprogress.metrics;

import io.cdcprogress.model.KafkaObservation.Sink;
import java.util.LinkedHashMap;

/**
 * One metric of one sink, or of the task.
 *
 * @param sink null for the task
 * @param label the value of the metric's own label; {@link #NO_LABEL} where it has none
 */
record Series(ProgressMetric metric, Sink sink, String label) {
    static final String NO_LABEL = "";

    /** What tells it from the other series of its metric in this task. */
    LinkedHashMap<String, String> tags() {
        LinkedHashMap<String, String> tags = new LinkedHashMap<>();
        if (sink != null) {
            tags.put("pipeline", sink.pipeline());
            tags.put("sink_group", sink.group());
        }
        if (metric.label() != null) {
            tags.put(metric.label(), label);
        }
        return tags;
    }
}
