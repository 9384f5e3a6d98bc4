package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;

/**
 * What a broker answered to one part of a batched request.
 *
 * @param value null if it failed; may be null also where the broker answered with nothing
 * @param failure null if it was answered
 */
record Answer<T>(T value, Failure failure) {
    boolean failed() {
        return failure != null;
    }
}
