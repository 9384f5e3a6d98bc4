package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.model.Lsn;

/**
 * A decoded record of one of the two topics. Its age is taken from its Kafka timestamp, which a Connect worker or the broker
 * gave it, and never from {@code observed_at}: that is by the database's clock, and by a clock that differs every record would
 * be stale, or none. It is no younger than the time since it arrived here, by a clock that is never set.
 *
 * @param value its fields; not changed any more
 * @param timestamp Kafka's, in milliseconds since 1970
 * @param arrived when it was read, in nanoseconds by this process's monotone clock
 */
record Received(ObjectNode value, long timestamp, long arrived) {
    String pipeline() {
        return text("pipeline");
    }

    String sinkGroup() {
        return text("sink_group");
    }

    /** Null if unknown. */
    String text(String field) {
        return value.path(field).textValue();
    }

    /** Of a field that is never null. */
    long number(String field) {
        return value.path(field).longValue();
    }

    /** Null if unknown, or if it is none. */
    Lsn lsn(String field) {
        try {
            String text = text(field);
            return text == null ? null : Lsn.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    long ageMs(Now now) {
        return Math.max(Math.max(0, now.millis() - timestamp), (now.nanos() - arrived) / 1_000_000);
    }
}
