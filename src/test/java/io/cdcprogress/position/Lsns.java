package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;

/** Positions as numbers; the product's own type is not used to judge the product. */
final class Lsns {
    private Lsns() {}

    /** Null where the field is. */
    static Long of(JsonNode value, String field) {
        return value.hasNonNull(field) ? parse(value.get(field).asText()) : null;
    }

    static long parse(String text) {
        int slash = text.indexOf('/');
        return (Long.parseLong(text.substring(0, slash), 16) << 32) | Long.parseLong(text.substring(slash + 1), 16);
    }

    static String text(long lsn) {
        return "%X/%X".formatted(lsn >>> 32, lsn & 0xFFFF_FFFFL);
    }
}
