package io.cdcprogress.model;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A byte position in PostgreSQL's WAL: an unsigned 64-bit number, written as two hexadecimal halves ({@code 0/28ABE88}).
 *
 * @param value the position; negative longs are positions of 2^63 and beyond
 */
public record Lsn(long value) implements Comparable<Lsn> {
    private static final Pattern TEXT = Pattern.compile("([0-9A-Fa-f]{1,8})/([0-9A-Fa-f]{1,8})");

    /**
     * Reads PostgreSQL's own form.
     *
     * @throws IllegalArgumentException if the text is not a {@code pg_lsn}
     */
    public static Lsn parse(String text) {
        Matcher halves = TEXT.matcher(text);
        if (!halves.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an LSN: expected two hexadecimal numbers of at"
                    + " most 8 digits with a slash between them, like 0/28ABE88");
        }
        return new Lsn(Long.parseLong(halves.group(1), 16) << 32 | Long.parseLong(halves.group(2), 16));
    }

    /**
     * The WAL between an earlier position and this one, in bytes.
     *
     * @return null if {@code earlier} is not earlier or the same, or if the distance does not fit an int64: a
     *     difference is never negative and never wrapped
     */
    public Long bytesSince(Lsn earlier) {
        long distance = value - earlier.value;
        return compareTo(earlier) < 0 || distance < 0 ? null : distance;
    }

    /** The later of two positions, of which null is one that is not known. */
    public static Lsn max(Lsn one, Lsn other) {
        return one == null || (other != null && other.compareTo(one) > 0) ? other : one;
    }

    /** The earlier of two positions, of which null is no limit. */
    public static Lsn min(Lsn one, Lsn other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compareUnsigned(value, other.value);
    }

    /** PostgreSQL's own form, upper case and without leading zeros. */
    @Override
    public String toString() {
        return Long.toHexString(value >>> 32).toUpperCase(java.util.Locale.ROOT)
                + "/"
                + Long.toHexString(value & 0xFFFFFFFFL).toUpperCase(java.util.Locale.ROOT);
    }
}
