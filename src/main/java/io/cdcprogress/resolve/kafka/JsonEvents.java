package io.cdcprogress.resolve.kafka;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.debezium.data.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Takes the fields of a change event out of JSON, and skips its row unread. */
final class JsonEvents {
    /** Keeps no names: those of a document's fields may be the users' data. */
    static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private static final String SCHEMA = "schema";
    private static final String PAYLOAD = "payload";

    private JsonEvents() {}

    /**
     * The fields of an event with or without its schema beside it.
     *
     * @return null if the document is not an object
     */
    static EventFields read(byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return parser.nextToken() == JsonToken.START_OBJECT ? object(parser, true) : null;
        }
    }

    private static EventFields object(JsonParser parser, boolean outermost) throws IOException {
        EventFields fields = new EventFields();
        EventFields payload = null;
        boolean row = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean nested = parser.nextToken() == JsonToken.START_OBJECT;
            if (outermost && nested && name.equals(PAYLOAD)) {
                payload = object(parser, false);
            } else if (nested && name.equals(Envelope.FieldName.SOURCE)) {
                source(parser, fields);
                row = true;
            } else {
                row |= !name.equals(SCHEMA);
                fields.put(name, EventFields.wanted(name) ? scalar(parser) : skipped(parser));
            }
        }
        // A row may have a column of that name: then it has others beside it, at least those that were added.
        return payload == null || row ? fields : payload;
    }

    private static void source(JsonParser parser, EventFields fields) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.putSource(name, scalar(parser));
        }
    }

    /** Its text, also of a number; null for null and for what is none. */
    private static String scalar(JsonParser parser) throws IOException {
        return parser.currentToken() == JsonToken.VALUE_NULL
                        || parser.currentToken().isStructStart()
                ? skipped(parser)
                : parser.getText();
    }

    private static String skipped(JsonParser parser) throws IOException {
        parser.skipChildren();
        return null;
    }

    /**
     * A header's value as text. Header converters write it as it is, in quotes, or with a schema beside it.
     *
     * @return what it is as it stands where that is not JSON
     */
    static String headerText(byte[] value) {
        String text = new String(value, StandardCharsets.UTF_8);
        try (JsonParser parser = FACTORY.createParser(text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT) {
                return payloadText(parser);
            }
            if (first == JsonToken.VALUE_NULL) {
                return null;
            }
            return first == JsonToken.VALUE_STRING ? parser.getText() : text;
        } catch (IOException e) {
            return text;
        }
    }

    private static String payloadText(JsonParser parser) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean payload = parser.currentName().equals(PAYLOAD);
            parser.nextToken();
            String text = payload ? scalar(parser) : skipped(parser);
            if (payload) {
                return text;
            }
        }
        return null;
    }
}
