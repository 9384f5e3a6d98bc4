package io.cdcprogress.model;

/**
 * What Connect REST says of one connector.
 *
 * @param name in Connect
 * @param state of the connector and its tasks together; null where it was not told
 * @param reason why it is in that state, where Connect tells: of one that failed the first line of the trace, and its root
 *     cause; of one that stands though it was resumed, that; else null
 */
public record ConnectorFacts(String name, State state, String reason) {
    /** The worst of the connector and its tasks, in Connect's own words but for the last. */
    public enum State {
        FAILED,
        STOPPED,
        PAUSED,
        RESTARTING,
        UNASSIGNED,
        RUNNING,
        /** There is no such connector any more. */
        MISSING
    }

    public boolean is(State other) {
        return state == other;
    }
}
