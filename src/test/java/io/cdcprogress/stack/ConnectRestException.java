package io.cdcprogress.stack;

/** Connect answered a request with an error. */
public final class ConnectRestException extends StackException {
    private final int status;
    private final String answer;

    ConnectRestException(String request, int status, String answer) {
        super(request + " answered " + status + ": " + answer);
        this.status = status;
        this.answer = answer;
    }

    public int status() {
        return status;
    }

    public String answer() {
        return answer;
    }
}
