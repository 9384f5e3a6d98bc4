package io.cdcprogress.evaluate;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers as a person reads them who has just been woken. */
final class Quantity {
    private static final String[] UNITS = {"bytes", "kB", "MB", "GB", "TB", "PB"};
    private static final int STEP = 1024;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Quantity() {}

    /** In PostgreSQL's units: a kB is 1,024 bytes. */
    static String bytes(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= STEP && unit < UNITS.length - 1) {
            size /= STEP;
            unit++;
        }
        return (unit == 0 ? Long.toString(bytes) : String.format(Locale.ROOT, "%.1f", size)) + " " + UNITS[unit];
    }

    static String count(long number, String what) {
        return String.format(Locale.ROOT, "%,d", number) + " " + what + (number == 1 ? "" : "s");
    }

    /** In the largest unit of which there are two or more. */
    static String time(Duration time) {
        long seconds = time.toSeconds();
        if (seconds < 120) {
            return seconds < 10
                    ? String.format(Locale.ROOT, "%.1f s", Math.max(0, time.toMillis()) / 1000.0)
                    : seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        return seconds < 172_800 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
    }

    static String seconds(long seconds) {
        return time(Duration.ofSeconds(seconds));
    }

    /** The time of day where it was today. */
    static String moment(Instant moment, Instant now) {
        boolean today = Duration.between(moment, now).compareTo(Duration.ofHours(24)) < 0;
        return (today ? TIME : DAY_AND_TIME).format(moment);
    }
}
