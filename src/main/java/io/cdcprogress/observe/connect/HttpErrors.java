package io.cdcprogress.observe.connect;

import io.cdcprogress.model.Finding;

/** What a status means, and what to do. */
final class HttpErrors {
    static final int UNAUTHORIZED = 401;
    static final int FORBIDDEN = 403;
    static final int NOT_FOUND = 404;
    static final int METHOD_NOT_ALLOWED = 405;
    private static final int CONFLICT = 409;
    private static final int FIRST_REDIRECT = 300;
    private static final int FIRST_ERROR = 400;

    private HttpErrors() {}

    static Finding finding(int status) {
        return status == UNAUTHORIZED || status == FORBIDDEN ? Finding.NOT_AUTHORIZED : Finding.POSITION_UNKNOWN;
    }

    /** Follows the name of who answered. */
    static String sentence(int status, String path) {
        if (status == UNAUTHORIZED) {
            return " refused the login (status 401): correct connect.user and connect.password";
        }
        if (status == FORBIDDEN) {
            return " refused GET " + path + " (status 403): let connect.user read it";
        }
        if (status == CONFLICT) {
            return " is rebalancing (status 409 to GET " + path + ")";
        }
        if (status >= FIRST_REDIRECT && status < FIRST_ERROR) {
            return " leads elsewhere (status " + status
                    + "): write the address of a Connect worker itself in connect.url";
        }
        return " answered GET " + path + " with status " + status;
    }
}
