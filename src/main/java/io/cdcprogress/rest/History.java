package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * What a sink's lag was over the last hour: of every five seconds the last record, in arrays of primitives. Times are the
 * records' own, {@code observed_at}, and always ascend: where a clock went back, what was later is forgotten.
 */
final class History {
    static final long SPAN_MS = 3_600_000;
    /** 720 of them make the hour. */
    static final long STEP_MS = 5_000;

    static final List<String> COLUMNS =
            List.of("total_lag_ms", "total_lag_bytes", "capture_lag_bytes", "sink_lag_bytes", "sink_lag_records");

    private static final int FIRST_SIZE = 32;

    private long[] times = new long[FIRST_SIZE];
    private String[] healths = new String[FIRST_SIZE];
    private final long[][] values = new long[COLUMNS.size()][FIRST_SIZE];
    private final BitSet[] known = COLUMNS.stream().map(column -> new BitSet()).toArray(BitSet[]::new);
    private int size;

    synchronized void add(Received record) {
        long time = record.number("observed_at");
        while (size > 0 && (times[size - 1] > time || times[size - 1] / STEP_MS == time / STEP_MS)) {
            size--;
        }
        if (size == times.length) {
            makeRoom(time - SPAN_MS);
        }
        times[size] = time;
        String health = record.text("health");
        // One of a few words, of which every record would hold a copy.
        healths[size] = health == null ? null : health.intern();
        for (int column = 0; column < values.length; column++) {
            String name = COLUMNS.get(column);
            known[column].set(size, record.value().path(name).isNumber());
            values[column][size] = record.number(name);
        }
        size++;
    }

    private void makeRoom(long since) {
        int old = from(since);
        if (old < size / 2) {
            int larger = size * 2;
            times = Arrays.copyOf(times, larger);
            healths = Arrays.copyOf(healths, larger);
            for (int column = 0; column < values.length; column++) {
                values[column] = Arrays.copyOf(values[column], larger);
            }
            return;
        }
        System.arraycopy(times, old, times, 0, size - old);
        System.arraycopy(healths, old, healths, 0, size - old);
        for (int column = 0; column < values.length; column++) {
            System.arraycopy(values[column], old, values[column], 0, size - old);
            known[column] = known[column].get(old, size);
        }
        size -= old;
    }

    /** The first point at or after a time. */
    private int from(long since) {
        int found = Arrays.binarySearch(times, 0, size, since);
        return found < 0 ? -found - 1 : found;
    }

    /** Writes the points since a time as columns of the same length. */
    synchronized void write(ObjectNode json, long since) {
        int from = from(since);
        ArrayNode time = json.putArray("observed_at");
        for (int point = from; point < size; point++) {
            time.add(times[point]);
        }
        for (int column = 0; column < values.length; column++) {
            ArrayNode array = json.putArray(COLUMNS.get(column));
            for (int point = from; point < size; point++) {
                if (known[column].get(point)) {
                    array.add(values[column][point]);
                } else {
                    array.addNull();
                }
            }
        }
        ArrayNode health = json.putArray("health");
        for (int point = from; point < size; point++) {
            health.add(healths[point]);
        }
    }
}
