package io.cdcprogress.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.stream.Collectors;

/** Progress records as lines of a table; what is not known shows as a dash. */
final class ProgressTable {
    private static final int LINES_PER_HEADER = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    /** A field of the record, and how wide its usual values are. */
    private record Column(String field, String title, int width) {
        Column(String field, int width) {
            this(field, field, width);
        }

        String cell(String text) {
            return text + " ".repeat(Math.max(0, width - text.length()));
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("source_lsn", 10),
            new Column("processed_lsn", 13),
            new Column("lag_bytes", 9),
            new Column("retained_wal_bytes", 18),
            new Column("sink_lag_records", 16),
            new Column("sink_lsn", 10),
            new Column("total_lag_ms", 12),
            new Column("health", 7),
            new Column("finding", 15),
            new Column("sink_group_state", "sink_group", 10));

    private int lines;

    /** One line, after a header where one is due. */
    String line(JsonNode progress) {
        String time =
                TIME.format(Instant.ofEpochMilli(progress.path("observed_at").asLong()));
        String cells = COLUMNS.stream()
                .map(column -> column.cell(text(progress.path(column.field()))))
                .collect(Collectors.joining("  "));
        String line = (time + "  " + cells).stripTrailing();
        return lines++ % LINES_PER_HEADER == 0 ? header() + System.lineSeparator() + line : line;
    }

    private static String header() {
        String titles =
                COLUMNS.stream().map(column -> column.cell(column.title())).collect(Collectors.joining("  "));
        return ("time      " + titles).stripTrailing();
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "-" : value.asText();
    }
}
