package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** How far claims trail what was true some time before, in the order of their records. */
final class Staleness {
    private final Oracle oracle;
    /** Milliseconds since the commit of the first transaction that a claim does not cover; 0 if it covers all until then. */
    final List<Long> millis = new ArrayList<>();

    final List<String> tooStale = new ArrayList<>();

    /** @param most how long a claim may take to say what was consumed, but for the transaction consumed last */
    Staleness(Oracle oracle, List<JsonNode> records, PartitionStates partitions, Duration most) {
        this.oracle = oracle;
        for (int i = 0; i < records.size(); i++) {
            JsonNode record = records.get(i);
            millis.add(age(record));
            long then = at(record) - most.toMillis();
            newest(records.subList(0, i), then)
                    .map(before -> oracle.consumed(
                            partitions.committed(before.path("sequence").asLong())))
                    // A record tells that everything before its own transaction is published: one is always behind.
                    .filter(consumed -> covered(record) < consumed - 1)
                    .ifPresent(consumed -> tooStale.add(covered(record) + " transactions covered, " + consumed
                            + " consumed " + most + " before: " + record));
        }
    }

    private static long at(JsonNode record) {
        return record.path("observed_at").asLong();
    }

    private static Optional<JsonNode> newest(List<JsonNode> records, long atMost) {
        return records.stream().filter(record -> at(record) <= atMost).reduce((one, next) -> next);
    }

    private int covered(JsonNode record) {
        Long claim = Lsns.of(record, "sink_lsn");
        return claim == null
                ? 0
                : (int) oracle.transactions().stream()
                        .filter(t -> Long.compareUnsigned(t.end(), claim) <= 0)
                        .count();
    }

    private long age(JsonNode record) {
        int covered = covered(record);
        return covered == oracle.size()
                ? 0
                : Math.max(0, at(record) - oracle.transactions().get(covered).commitMicros() / 1000);
    }

    @Override
    public String toString() {
        List<Long> sorted = millis.stream().sorted().toList();
        return "staleness in ms: median " + sorted.get(sorted.size() / 2) + ", 95% "
                + sorted.get(sorted.size() * 95 / 100) + ", max " + Collections.max(sorted) + " of " + sorted.size();
    }
}
