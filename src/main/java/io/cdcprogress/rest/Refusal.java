package io.cdcprogress.rest;

/** Why there is no answer, in words for whoever asked. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    static final int BAD_REQUEST = 400;
    static final int NOT_FOUND = 404;
    static final int UNAVAILABLE = 503;

    private final int status;

    Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Of HTTP. */
    int status() {
        return status;
    }

    static Refusal wrongParameter(String name, String value, String instead) {
        return new Refusal(BAD_REQUEST, name + "=" + value + " can't be used: " + instead);
    }
}
