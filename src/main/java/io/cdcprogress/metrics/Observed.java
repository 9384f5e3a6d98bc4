package io.cdcprogress.metrics;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import io.cdcprogress.model.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Struct;

/**
 * What there is to publish of one pipeline and sink group.
 *
 * @param facts the value of its progress record, as far as the report decides it
 * @param lastSuccess seconds since 1970, by the worker's clock; null before the first observation in which every part answered
 * @param errors observations in which some part did not
 */
record Observed(Struct facts, Verdict verdict, Double lastSuccess, long errors) {
    private static final double MILLISECONDS_PER_SECOND = 1000;

    /** By the value of the metric's own label, or {@link Series#NO_LABEL}; empty where nothing is known. */
    Map<String, Double> read(ProgressMetric metric) {
        return switch (metric) {
            case HEALTH -> states();
            case FINDING -> findings();
            case TOTAL_LAG_SECONDS -> one(seconds(number(facts.get(metric.field()))));
            case LAST_SUCCESS_TIMESTAMP_SECONDS -> one(lastSuccess);
            case OBSERVATION_ERRORS_TOTAL -> one((double) errors);
            case OBSERVATION_DURATION_SECONDS -> Map.of();
            default -> one(number(facts.get(metric.field())));
        };
    }

    private static Map<String, Double> one(Double value) {
        return value == null ? Map.of() : Map.of(Series.NO_LABEL, value);
    }

    private static Double number(Object value) {
        if (value instanceof Boolean yes) {
            return yes ? 1.0 : 0.0;
        }
        return value == null ? null : (Double) ((Number) value).doubleValue();
    }

    private static Double seconds(Double milliseconds) {
        return milliseconds == null ? null : (Double) (milliseconds / MILLISECONDS_PER_SECOND);
    }

    private Map<String, Double> states() {
        Map<String, Double> states = new HashMap<>();
        for (Health health : Health.values()) {
            states.put(health.name(), health == verdict.health() ? 1.0 : 0.0);
        }
        return states;
    }

    private Map<String, Double> findings() {
        return verdict.findings().stream()
                .filter(finding -> finding != Finding.NONE)
                .collect(Collectors.toMap(Finding::name, finding -> 1.0));
    }
}
