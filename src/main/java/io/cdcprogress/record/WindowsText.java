package io.cdcprogress.record;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.Window;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Windows as one text: {@code <name> <milliseconds since 1970> <observations> <lsn or -> <token>}, with {@code ;} between. */
final class WindowsText {
    private static final String UNKNOWN = "-";
    private static final int PARTS = 5;

    private WindowsText() {}

    static String write(Map<String, Window> windows) {
        return new TreeMap<>(windows)
                .entrySet().stream()
                        .map(entry -> write(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining(";"));
    }

    private static String write(String name, Window window) {
        return String.join(
                " ",
                name,
                Long.toString(window.since().toEpochMilli()),
                Integer.toString(window.observations()),
                window.wal() == null ? UNKNOWN : window.wal().toString(),
                window.token());
    }

    /** Empty if it can't be read. */
    static Map<String, Window> read(Object text) {
        Map<String, Window> windows = new HashMap<>();
        try {
            for (String written : text instanceof String all ? all.split(";") : new String[0]) {
                String[] parts = written.split(" ", PARTS);
                windows.put(
                        parts[0],
                        new Window(
                                parts[4],
                                Instant.ofEpochMilli(Long.parseLong(parts[1])),
                                Integer.parseInt(parts[2]),
                                parts[3].equals(UNKNOWN) ? null : Lsn.parse(parts[3])));
            }
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException | DateTimeException e) {
            return Map.of();
        }
        return windows;
    }
}
