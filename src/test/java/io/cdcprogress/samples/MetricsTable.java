package io.cdcprogress.samples;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.StackException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.Timestamp;

/** A table that a sink of the samples makes, and what it should have: one column for each field of a schema. */
final class MetricsTable {
    static final String DATABASE = "metrics";

    private final Database database;
    private final Sample sink;
    private final Schema schema;
    private final Map<String, String> renames;

    MetricsTable(Database database, Sample sink, Schema schema) {
        this.database = database;
        this.sink = sink;
        this.schema = schema;
        this.renames = Arrays.stream(
                        sink.config().get("transforms.rename.renames").split(","))
                .map(rename -> rename.split(":"))
                .collect(Collectors.toMap(rename -> rename[0], rename -> rename[1]));
    }

    /** The connector that fills it. */
    String sink() {
        return sink.name();
    }

    private String name() {
        return sink.config().get("collection.name.format");
    }

    /** Once the sink has made it; no rows before. */
    List<Map<String, String>> rows() {
        if (database.query(DATABASE, "SELECT to_regclass('" + name() + "')") == null) {
            return List.of();
        }
        try (Connection connection = database.connect(DATABASE);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("SELECT * FROM " + name())) {
            List<Map<String, String>> rows = new ArrayList<>();
            while (found.next()) {
                rows.add(row(found));
            }
            return rows;
        } catch (SQLException e) {
            throw new StackException("table " + name(), e);
        }
    }

    /** All that stand in a column. */
    Set<String> values(String column) {
        return rows().stream().map(row -> row.get(column)).collect(Collectors.toSet());
    }

    /** As text, as {@link #expected} has it. */
    private static Map<String, String> row(ResultSet found) throws SQLException {
        Map<String, String> row = new HashMap<>();
        ResultSetMetaData columns = found.getMetaData();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            Object value = columns.getColumnTypeName(i).equals("timestamp")
                    ? milliseconds(found.getObject(i, LocalDateTime.class))
                    : found.getObject(i);
            row.put(columns.getColumnName(i), value == null ? null : value.toString());
        }
        return row;
    }

    private static Long milliseconds(LocalDateTime utc) {
        return utc == null ? null : utc.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    /** The row that a record should be. */
    Map<String, String> expected(JsonNode payload) {
        Map<String, String> row = new HashMap<>();
        for (Field field : schema.fields()) {
            JsonNode value = payload.required(field.name());
            row.put(column(field), value.isNull() ? null : value.asText());
        }
        return row;
    }

    /** Type, and whether it may be null, by column. */
    Map<String, String> columns() {
        String columns = database.query(
                DATABASE,
                "SELECT string_agg(column_name || ' ' || udt_name || ' ' || is_nullable, ',') FROM"
                        + " information_schema.columns WHERE table_name = '" + name() + "'");
        return Arrays.stream(columns.split(","))
                .map(column -> column.split(" ", 2))
                .collect(Collectors.toMap(column -> column[0], column -> column[1]));
    }

    /** What {@link #columns} should be. */
    Map<String, String> expectedColumns() {
        return schema.fields().stream()
                .collect(Collectors.toMap(
                        this::column,
                        field -> type(field.schema()) + (field.schema().isOptional() ? " YES" : " NO")));
    }

    private String column(Field field) {
        return renames.getOrDefault(field.name(), field.name());
    }

    private static String type(Schema schema) {
        if (Timestamp.LOGICAL_NAME.equals(schema.name())) {
            return "timestamp";
        }
        return switch (schema.type()) {
            case STRING -> "text";
            case INT32 -> "int4";
            case INT64 -> "int8";
            case FLOAT64 -> "float8";
            case BOOLEAN -> "bool";
            default -> throw new IllegalArgumentException("no field of the records has type " + schema.type());
        };
    }
}
