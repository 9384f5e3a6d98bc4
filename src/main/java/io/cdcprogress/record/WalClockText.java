package io.cdcprogress.record;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.WalPoint;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Samples of the WAL's growth as one text: {@code <lsn>@<milliseconds since 1970>}, with spaces between. */
final class WalClockText {
    private WalClockText() {}

    static String write(List<WalPoint> points) {
        return points.stream()
                .map(point -> point.lsn() + "@" + point.at().toEpochMilli())
                .collect(Collectors.joining(" "));
    }

    /** Empty if it can't be read. */
    static List<WalPoint> read(Object text) {
        List<WalPoint> points = new ArrayList<>();
        try {
            for (String point : text instanceof String written ? written.split(" ") : new String[0]) {
                int at = point.indexOf('@');
                // Whole milliseconds were cut off, which is the careful way: a position was passed no earlier.
                points.add(new WalPoint(
                        Lsn.parse(point.substring(0, Math.max(0, at))),
                        Instant.ofEpochMilli(Long.parseLong(point.substring(at + 1)))));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            return List.of();
        }
        return points;
    }
}
