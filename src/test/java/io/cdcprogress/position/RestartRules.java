package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.Database;
import java.util.ArrayList;
import java.util.List;

/** What holds over a restart of the monitor: a position outlives it. */
final class RestartRules {
    private static final int MAY_BE_UNKNOWN = 2;

    private RestartRules() {}

    /** The time of the database, which is that of {@code observed_at}. */
    static long now(Database database) {
        return Long.parseLong(
                database.query("postgres", "SELECT floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint"));
    }

    /**
     * In words; of one pipeline and sink group, in the order of the topic.
     *
     * @param stoppedAt when the monitor had stopped: in milliseconds, by the database's clock
     * @param kept positions that the restart gives no reason to go back
     */
    static List<String> violations(List<JsonNode> records, long stoppedAt, String... kept) {
        List<JsonNode> before = records.stream()
                .filter(record -> record.path("observed_at").asLong() <= stoppedAt)
                .toList();
        List<JsonNode> after = records.subList(before.size(), records.size());
        List<String> found = new ArrayList<>();
        if (before.isEmpty() || after.isEmpty()) {
            return List.of(before.size() + " records before the restart, and " + after.size() + " after it");
        }
        JsonNode last = before.get(before.size() - 1);
        for (String field : kept) {
            wentBack(found, last, after, field);
        }
        long unknown = after.stream().filter(r -> r.path("sink_lsn").isNull()).count();
        if (unknown > MAY_BE_UNKNOWN) {
            found.add(unknown + " of " + after.size() + " records after the restart have no position");
        }
        long sequence = last.path("sequence").asLong();
        for (JsonNode record : after) {
            if (record.path("sequence").asLong() != ++sequence) {
                found.add("sequence is not " + sequence + ": " + record);
                sequence = record.path("sequence").asLong();
            }
        }
        return found;
    }

    private static void wentBack(List<String> found, JsonNode last, List<JsonNode> after, String field) {
        Long before = Lsns.of(last, field);
        if (before == null) {
            found.add("no " + field + " before the restart: " + last);
            return;
        }
        after.stream()
                .filter(record -> record.hasNonNull(field))
                .filter(record -> Long.compareUnsigned(Lsns.of(record, field), before) < 0)
                .forEach(record -> found.add(field + " went back from " + Lsns.text(before) + ": " + record));
    }
}
