package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** What holds in every progress record, and from one to the next, whatever happened. */
final class RecordRules {
    private static final List<String> NEVER_NEGATIVE = List.of(
            "lag_bytes",
            "capture_lag_bytes",
            "sink_lag_bytes",
            "total_lag_bytes",
            "sink_lag_records",
            "total_lag_ms",
            "sink_lagging_partitions",
            "sink_partitions");

    private RecordRules() {}

    /** In words; of one pipeline and sink group, in the order of the topic. */
    static List<String> violations(List<JsonNode> records) {
        List<String> found = new ArrayList<>();
        JsonNode before = null;
        for (JsonNode record : records) {
            List<String> here = new ArrayList<>();
            within(record, here);
            if (before != null) {
                between(before, record, here);
            }
            here.forEach(what -> found.add(what + ": " + record));
            before = keepProven(before, record);
        }
        return found;
    }

    private static void within(JsonNode record, List<String> found) {
        Long source = Lsns.of(record, "source_lsn");
        Long published = Lsns.of(record, "published_lsn");
        Long sink = Lsns.of(record, "sink_lsn");
        Long proven = Lsns.of(record, "proven_lsn");
        for (String field : NEVER_NEGATIVE) {
            if (record.path(field).asLong(0) < 0) {
                found.add(field + " is negative");
            }
        }
        difference(found, record, "capture_lag_bytes", source, published);
        difference(found, record, "sink_lag_bytes", published, sink);
        difference(found, record, "total_lag_bytes", source, sink);
        if (record.hasNonNull("total_lag_bytes")
                && record.hasNonNull("capture_lag_bytes")
                && record.hasNonNull("sink_lag_bytes")
                && record.get("capture_lag_bytes").asLong()
                                + record.get("sink_lag_bytes").asLong()
                        != record.get("total_lag_bytes").asLong()) {
            found.add("the halves are not the whole");
        }
        ordered(found, "sink_lsn is above published_lsn", sink, published);
        ordered(found, "published_lsn is above source_lsn", published, source);
        ordered(found, "proven_lsn is above sink_lsn", proven, sink);
        if ("UNKNOWN".equals(record.path("sink_lsn_grade").asText()) != (sink == null)) {
            found.add("grade and sink_lsn contradict each other");
        }
        if ("UNKNOWN".equals(record.path("total_lag_grade").asText()) == record.hasNonNull("total_lag_ms")) {
            found.add("grade and total_lag_ms contradict each other");
        }
        if (proven != null && sink == null) {
            found.add("proven, and yet unknown");
        }
    }

    private static void between(JsonNode before, JsonNode record, List<String> found) {
        long gap = record.path("sequence").asLong() - before.path("sequence").asLong();
        if (gap > 1) {
            found.add((gap - 1) + " records are missing before");
        }
        ordered(
                found,
                "proven_lsn went back from " + before.path("proven_lsn"),
                Lsns.of(before, "proven_lsn"),
                Lsns.of(record, "proven_lsn"));
    }

    /** So that a record without a proven position does not hide that it goes back. */
    private static JsonNode keepProven(JsonNode before, JsonNode record) {
        if (before == null || record.hasNonNull("proven_lsn") || !before.hasNonNull("proven_lsn")) {
            return record;
        }
        return ((ObjectNode) record.deepCopy()).set("proven_lsn", before.get("proven_lsn"));
    }

    private static void difference(List<String> found, JsonNode record, String field, Long from, Long less) {
        if (record.hasNonNull(field)
                && from != null
                && less != null
                && record.get(field).asLong() != from - less) {
            found.add(field + " is not " + Lsns.text(from) + " - " + Lsns.text(less));
        }
        if (record.hasNonNull(field) != (from != null && less != null)) {
            found.add(field + " and what it is made of contradict each other");
        }
    }

    private static void ordered(List<String> found, String complaint, Long low, Long high) {
        if (low != null && high != null && Long.compareUnsigned(low, high) > 0) {
            found.add(complaint);
        }
    }
}
