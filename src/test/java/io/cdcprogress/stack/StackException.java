package io.cdcprogress.stack;

/** A part of the stack could not do what a test or the quickstart asked of it. */
public class StackException extends RuntimeException {
    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message + ": " + cause.getMessage(), cause);
    }
}
