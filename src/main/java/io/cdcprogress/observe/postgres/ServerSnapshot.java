package io.cdcprogress.observe.postgres;

import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import java.util.Map;

/**
 * What a server answered.
 *
 * @param facts the server's own
 * @param slots those of the named slots that exist, by name
 */
record ServerSnapshot(ServerFacts facts, Map<String, Slot> slots) {
    /**
     * @param server facts at the moment at which this slot was read
     * @param type {@code logical} or {@code physical}
     * @param database null for a physical slot
     */
    record Slot(ServerFacts server, String type, String database, SlotFacts facts) {}

    /** The slot as a pipeline of the given database sees it. */
    SlotObservation slot(String slotName, String dbname) {
        Slot slot = slots.get(slotName);
        if (slot == null) {
            return new SlotObservation.Missing(
                    facts,
                    "there is no replication slot " + slotName
                            + " on the server, so nothing keeps its WAL: start the Debezium connector, or correct"
                            + " slot.name");
        }
        if (!"logical".equals(slot.type)) {
            return new SlotObservation.Missing(
                    facts,
                    "slot " + slotName + " is a " + slot.type
                            + " slot, Debezium's is a logical one: correct slot.name");
        }
        if (!dbname.equals(slot.database)) {
            return new SlotObservation.Missing(
                    facts,
                    "slot " + slotName + " belongs to database " + slot.database + ", not to " + dbname
                            + ": correct slot.name or database.dbname");
        }
        return new SlotObservation.Observed(slot.server, slot.facts);
    }
}
