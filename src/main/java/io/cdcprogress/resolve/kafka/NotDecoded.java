package io.cdcprogress.resolve.kafka;

/**
 * Why a record could not be decoded now: something that may pass, as a schema registry that does not answer. What can't be
 * decoded at all is a {@link Decoded} without a position instead.
 */
public final class NotDecoded extends Exception {
    private static final long serialVersionUID = 1;

    /** @param message never with anything of the record's content, or of a setting's */
    NotDecoded(String message) {
        super(message);
    }
}
