package io.cdcprogress.resolve.kafka;

import io.debezium.data.Envelope;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;

/** Takes the fields of a change event out of what a converter made of it. */
final class StructEvents {
    private StructEvents() {}

    /** Null if the value is neither a structure nor a map. */
    static EventFields read(Object value) {
        EventFields fields = new EventFields();
        return each(value, (name, field) -> {
                    if (name.equals(Envelope.FieldName.SOURCE)
                            && each(field, (inner, of) -> fields.putSource(inner, text(of)))) {
                        return;
                    }
                    if (EventFields.wanted(name)) {
                        fields.put(name, text(field));
                    }
                })
                ? fields
                : null;
    }

    /** Whether it has fields. */
    private static boolean each(Object value, BiConsumer<String, Object> action) {
        if (value instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                action.accept(field.name(), struct.get(field));
            }
            return true;
        }
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, of) -> action.accept(String.valueOf(name), of));
            return true;
        }
        return false;
    }

    private static String text(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : null;
    }
}
