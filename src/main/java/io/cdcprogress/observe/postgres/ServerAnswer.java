package io.cdcprogress.observe.postgres;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.SlotObservation;

/**
 * What a server said, or why it said nothing.
 *
 * @param snapshot null if it did not answer
 * @param failure null if it did
 */
record ServerAnswer(ServerSnapshot snapshot, Failure failure) {
    SlotObservation slot(String slotName, String dbname) {
        return snapshot == null ? new SlotObservation.Unobserved(failure) : snapshot.slot(slotName, dbname);
    }
}
