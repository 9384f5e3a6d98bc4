package io.cdcprogress.observe.connect;

import io.cdcprogress.model.Failure;

/**
 * What a request gave: a value, or why not.
 *
 * @param value null where it failed
 * @param status of the HTTP response; null where there was none
 * @param sent false where not even a connection came about, so that no worker has had any work from it
 * @param failure null where it succeeded
 */
record Answer<T>(T value, Integer status, boolean sent, Failure failure) {
    static <T> Answer<T> of(T value) {
        return new Answer<>(value, 200, true, null);
    }

    boolean failed() {
        return failure != null;
    }

    /** Whether the next request would most likely fail just so: nobody answers, or the login is refused. */
    boolean hopeless() {
        return failed() && (status == null || status == 401);
    }
}
