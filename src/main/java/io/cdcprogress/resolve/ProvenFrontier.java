package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;

/**
 * What is surely in Kafka (F): every captured change up to here.
 *
 * <p>Either what Connect has stored for the source connector, which covers only what every earlier record's
 * acknowledgement covers; or, where Connect is not asked, what the slot has confirmed, which Debezium takes from there.
 * The latter counts only once a streamed record has been seen, for a fresh slot starts at its consistent point with
 * nothing published yet.
 *
 * <p>What F covers lies in topics that existed when it was read: it counts from the next listing of the topics on.
 */
final class ProvenFrontier {
    private SettlingLsn stored = new SettlingLsn();
    private SettlingLsn confirmed = new SettlingLsn();
    private boolean streamedSeen;
    /** Streamed records below this are of a slot that is gone; null where none was. */
    private Lsn slotBegan;

    private boolean slotMissed;

    /** Another slot, or another server: nothing that was known of the old one holds. */
    void restart() {
        stored = new SettlingLsn();
        confirmed = new SettlingLsn();
        streamedSeen = false;
        slotMissed = true;
    }

    /** Whether a streamed record has to be found before the slot counts. */
    boolean needsStreamedRecord() {
        return !streamedSeen;
    }

    /** A streamed record is in Kafka, so the initial snapshot is over. */
    void sawStreamed(Lsn bound) {
        streamedSeen |= slotBegan == null || (bound != null && bound.compareTo(slotBegan) >= 0);
    }

    /**
     * F at this observation; null if nothing is known.
     *
     * @param at {@link System#nanoTime} at the start of the observation, before everything given here was read
     * @param listedAt the same before the topics were listed
     */
    Lsn at(long at, long listedAt, SlotFacts slot, SourceConnectorFacts source) {
        if (slotMissed) {
            slotBegan = slot.processedLsn();
            slotMissed = false;
        }
        if (source.asked()) {
            stored.offer(at, source.storedCommit());
            return stored.settled(listedAt);
        }
        confirmed.offer(at, slot.processedLsn());
        Lsn settled = confirmed.settled(listedAt);
        return streamedSeen ? settled : null;
    }
}
