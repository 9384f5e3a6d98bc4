package io.cdcprogress.metrics;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** As strict as Kafka's: no name twice, and none removed that is not there. */
final class ShownGauges implements Gauges {
    private final Map<Series, Supplier<Double>> shown = new HashMap<>();
    /** A name that somebody else has. */
    String taken = "";

    @Override
    public void add(Series series, Supplier<Double> value) {
        if (name(series).equals(taken) || shown.putIfAbsent(series, value) != null) {
            throw new IllegalArgumentException(name(series) + " is there already");
        }
    }

    @Override
    public void remove(Series series) {
        if (shown.remove(series) == null) {
            throw new IllegalArgumentException(name(series) + " is not there");
        }
    }

    /** By name; {@code health:OK} for one with a label of its own. */
    Map<String, Double> values() {
        Map<String, Double> values = new TreeMap<>();
        shown.forEach((series, value) -> values.put(name(series), value.get()));
        return values;
    }

    private static String name(Series series) {
        return series.metric().attribute() + (series.label().isEmpty() ? "" : ":" + series.label());
    }
}
