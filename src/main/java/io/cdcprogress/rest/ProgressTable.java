package io.cdcprogress.rest;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** The newest progress record of every pipeline and sink group, and its last hour. Written by one thread, read by many. */
final class ProgressTable implements Inbox.Table {
    /** What is older is not shown: its connector has gone. */
    static final Duration LONGEST_KNOWN = Duration.ofDays(1);

    private static final Duration LOOK_FOR_OLD = Duration.ofMinutes(1);

    private final Supplier<Now> clock;
    private final Consumer<Received> listener;
    private final NavigableMap<SinkId, Entry> entries = new ConcurrentSkipListMap<>();
    private final Map<ByteBuffer, SinkId> ids = new HashMap<>();
    private final Map<ByteBuffer, Long> stepsWanted = new HashMap<>();
    private long lookedForOld;

    /** @param history changes with the records that follow */
    record Entry(Received latest, History history) {}

    /** @param listener told of every record that is put in, by the thread that does it */
    ProgressTable(Supplier<Now> clock, Consumer<Received> listener) {
        this.clock = clock;
        this.listener = listener;
        this.lookedForOld = clock.get().nanos();
    }

    @Override
    public boolean wants(ByteBuffer key, long timestamp) {
        long step = timestamp / History.STEP_MS;
        return clock.get().millis() - timestamp <= History.SPAN_MS
                && !Long.valueOf(step).equals(stepsWanted.put(key, step));
    }

    @Override
    public void put(ByteBuffer key, Received record) {
        SinkId id = SinkId.of(record);
        ids.put(key, id);
        Entry before = entries.get(id);
        History history = before == null ? new History() : before.history();
        history.add(record);
        entries.put(id, new Entry(record, history));
        forgetOld();
        listener.accept(record);
    }

    @Override
    public void remove(ByteBuffer key) {
        stepsWanted.remove(key);
        SinkId id = ids.remove(key);
        if (id != null) {
            entries.remove(id);
        }
    }

    private void forgetOld() {
        Now now = clock.get();
        if (now.nanos() - lookedForOld < LOOK_FOR_OLD.toNanos()) {
            return;
        }
        lookedForOld = now.nanos();
        entries.values().removeIf(entry -> !shown(entry, now));
        ids.values().removeIf(id -> !entries.containsKey(id));
        stepsWanted.keySet().retainAll(ids.keySet());
    }

    private static boolean shown(Entry entry, Now now) {
        return entry.latest().ageMs(now) <= LONGEST_KNOWN.toMillis();
    }

    /** Of a pipeline, by the names of its sink groups; empty if there is no such pipeline. */
    List<Entry> sinks(String pipeline, Now now) {
        return entries.tailMap(new SinkId(pipeline, "")).entrySet().stream()
                .takeWhile(entry -> entry.getKey().pipeline().equals(pipeline))
                .map(Map.Entry::getValue)
                .filter(entry -> shown(entry, now))
                .toList();
    }

    /** All that is shown, by the pipelines' names and then by those of their sink groups. */
    Map<String, List<Entry>> pipelines(Now now) {
        Map<String, List<Entry>> pipelines = new TreeMap<>();
        for (SinkId id : entries.keySet()) {
            pipelines.computeIfAbsent(id.pipeline(), pipeline -> sinks(pipeline, now));
        }
        pipelines.values().removeIf(List::isEmpty);
        return pipelines;
    }

    static Received newest(List<Entry> sinks) {
        return sinks.stream()
                .map(Entry::latest)
                .max(Comparator.comparingLong(Received::timestamp))
                .orElseThrow();
    }
}
