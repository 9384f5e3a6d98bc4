package io.cdcprogress.fault;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.model.Finding;
import java.util.List;

/**
 * A progress record as its reader got it.
 *
 * @param arrivedAt this machine's clock, ms; the database's is the same
 */
record Seen(long arrivedAt, JsonNode value) {
    Finding finding() {
        return Finding.valueOf(text("finding"));
    }

    /** By the database's clock, which is this machine's. */
    long observedAt() {
        return value.path("observed_at").asLong();
    }

    List<Finding> findings() {
        return text("findings").isEmpty()
                ? List.of()
                : List.of(text("findings").split(",")).stream()
                        .map(Finding::valueOf)
                        .toList();
    }

    /** Empty where it is null. */
    String text(String field) {
        return value.path(field).asText("");
    }

    /** Null where it is null. */
    Long number(String field) {
        return value.path(field).isNumber() ? (Long) value.path(field).asLong() : null;
    }
}
