package io.cdcprogress.metrics;

import java.util.function.Supplier;

/** Where series can be seen. */
interface Gauges {
    /**
     * Shows it.
     *
     * @param value asked whenever somebody looks, on any thread
     */
    void add(Series series, Supplier<Double> value);

    void remove(Series series);
}
