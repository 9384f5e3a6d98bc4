package io.cdcprogress.model;

/** What one look at a pipeline's slot gave. */
public sealed interface SlotObservation {
    /** The server answered and has the slot. */
    record Observed(ServerFacts server, SlotFacts slot) implements SlotObservation {}

    /**
     * The server answered and has no slot that could be this pipeline's.
     *
     * @param detail what is there instead
     */
    record Missing(ServerFacts server, String detail) implements SlotObservation {}

    /** The server did not answer in time, or refused. */
    record Unobserved(Failure failure) implements SlotObservation {}

    /** Null when the server did not answer. */
    default ServerFacts serverFacts() {
        return this instanceof Observed observed
                ? observed.server()
                : this instanceof Missing missing ? missing.server() : null;
    }

    /** Null when there is no slot, or no answer. */
    default SlotFacts slotFacts() {
        return this instanceof Observed observed ? observed.slot() : null;
    }
}
