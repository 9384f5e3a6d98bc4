package io.cdcprogress.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Progress records as lines of a table; what is not known shows as a dash. */
final class ProgressTable {
    private static final int LINES_PER_HEADER = 20;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());

    /** A field of the record, how it is shown, and how wide its usual values are. */
    private record Column(String field, String title, int width, UnaryOperator<String> shown) {
        Column(String field, int width) {
            this(field, field, width, text -> text);
        }

        String cell(String text) {
            return text + " ".repeat(Math.max(0, width - text.length()));
        }
    }

    private static final List<Column> COLUMNS = List.of(
            new Column("source_lsn", 10),
            new Column("sink_lsn", 10),
            new Column("sink_lsn_grade", "lsn_grade", 9, text -> text),
            new Column("capture_lag_bytes", 17),
            new Column("sink_lag_bytes", 14),
            new Column("total_lag_bytes", 15),
            new Column("total_lag_ms", "seconds", 7, ProgressTable::seconds),
            new Column("total_lag_grade", "lag_grade", 9, text -> text),
            new Column("sink_lag_records", "records", 7, text -> text),
            new Column("health", 7),
            new Column("finding", 16),
            new Column("sink_group_state", "group_state", 11, text -> text));

    private int lines;
    private String finding = "";
    private boolean whole;

    /** One line, after a header where one is due. */
    String line(JsonNode progress) {
        String time =
                TIME.format(Instant.ofEpochMilli(progress.path("observed_at").asLong()));
        String cells = COLUMNS.stream()
                .map(column -> column.cell(column.shown().apply(text(progress.path(column.field())))))
                .collect(Collectors.joining("  "));
        String line = (time + "  " + cells).stripTrailing() + detail(progress);
        return lines++ % LINES_PER_HEADER == 0 ? header() + System.lineSeparator() + line : line;
    }

    /** The record's sentence where it is another finding's than before; once, the whole record. */
    private String detail(JsonNode progress) {
        String now = text(progress.path("finding"));
        boolean changed = !now.equals(finding);
        finding = now;
        String sentence = System.lineSeparator() + "-- detail: " + text(progress.path("detail"));
        if (changed && !whole && now.startsWith("SINK_")) {
            whole = true;
            return sentence + System.lineSeparator() + "-- the whole record: " + progress;
        }
        return changed ? sentence : "";
    }

    private static String header() {
        String titles =
                COLUMNS.stream().map(column -> column.cell(column.title())).collect(Collectors.joining("  "));
        return ("time      " + titles).stripTrailing();
    }

    private static String text(JsonNode value) {
        return value.isNull() || value.isMissingNode() ? "-" : value.asText();
    }

    private static String seconds(String millis) {
        return millis.equals("-")
                ? millis
                : BigDecimal.valueOf(Long.parseLong(millis), 3).toPlainString();
    }
}
