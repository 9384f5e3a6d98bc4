package io.cdcprogress.resolve.kafka;

import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** What ExtractNewRecordState's {@code add.headers} told; header converters are not those of the values. */
final class EventHeaders {
    private EventHeaders() {}

    /** Adds what the value did not say itself. */
    static void addTo(EventFields fields, Headers headers) {
        for (Header header : headers) {
            if (header.key().startsWith(EventFields.ADDED) && header.value() != null) {
                fields.putIfAbsent(header.key(), JsonEvents.headerText(header.value()));
            }
        }
    }
}
