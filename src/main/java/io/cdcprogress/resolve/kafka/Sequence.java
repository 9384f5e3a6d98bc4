package io.cdcprogress.resolve.kafka;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.cdcprogress.model.Lsn;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What Debezium's PostgreSQL connector writes as {@code source.sequence}: {@code ["30838072","30838136"]}.
 *
 * @param lastCommit the end of the commit before this event's transaction; null where none was seen since the start
 * @param lsn the event's own; null if it has none
 */
record Sequence(Lsn lastCommit, Lsn lsn) {
    /** @throws IllegalArgumentException if the text is no such sequence */
    static Sequence parse(String text) {
        List<Lsn> elements = new ArrayList<>();
        try (JsonParser parser = JsonEvents.FACTORY.createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new IllegalArgumentException("not an array");
            }
            for (JsonToken token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
                elements.add(token == JsonToken.VALUE_NULL ? null : lsn(parser.getText()));
            }
        } catch (IOException e) {
            throw new IllegalArgumentException("not JSON", e);
        }
        if (elements.size() != 2) {
            throw new IllegalArgumentException(elements.size() + " elements instead of 2");
        }
        return new Sequence(elements.get(0), elements.get(1));
    }

    /** Reads the decimal form; Debezium writes positions of 2^63 and beyond as negative numbers. */
    static Lsn lsn(String decimal) {
        return new Lsn(decimal.startsWith("-") ? Long.parseLong(decimal) : Long.parseUnsignedLong(decimal));
    }
}
