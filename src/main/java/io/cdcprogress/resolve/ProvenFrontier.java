package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;

/**
 * What is surely in Kafka (F): every captured change up to here.
 *
 * <p>Either what Connect has stored for the source connector, which covers only what every earlier record's
 * acknowledgement covers; or, where Connect is not asked, what the slot has confirmed, which Debezium takes from there.
 * The latter counts only once a streamed record has been seen and the slot has come to it, or on from where it was first
 * seen: a fresh slot starts at its consistent point, when nothing of the initial snapshot is published yet.
 *
 * <p>What F covers lies in topics that existed when it was read: it counts from the next listing of the topics on.
 */
final class ProvenFrontier {
    private SettlingLsn stored = new SettlingLsn();
    private SettlingLsn confirmed = new SettlingLsn();
    /** The smallest bound of a streamed record that was seen; null if none was. */
    private Lsn streamed;

    private Lsn firstConfirmed;
    /** Streamed records below this are of a slot that is gone; null where none was. */
    private Lsn slotBegan;

    private boolean slotMissed;

    /** Another slot, or another server: nothing that was known of the old one holds. */
    void restart() {
        stored = new SettlingLsn();
        confirmed = new SettlingLsn();
        streamed = null;
        firstConfirmed = null;
        slotMissed = true;
    }

    /** Whether a streamed record has to be found before the slot counts. */
    boolean needsStreamedRecord() {
        return streamed == null;
    }

    /** A streamed record is in Kafka, so the initial snapshot is over. */
    void sawStreamed(Lsn bound) {
        if (bound != null && (slotBegan == null || bound.compareTo(slotBegan) >= 0)) {
            streamed = Lsn.min(bound, streamed);
        }
    }

    /** A position has been proven of this slot before, so its initial snapshot is over. */
    void sawProven() {
        streamed = new Lsn(0);
    }

    /** What Connect has stored holds also where the server did not answer. */
    void offerStored(long at, SourceConnectorFacts source) {
        stored.offer(at, source.storedCommit());
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
            return stored.settled(listedAt);
        }
        confirmed.offer(at, slot.processedLsn());
        firstConfirmed = firstConfirmed == null ? slot.processedLsn() : firstConfirmed;
        Lsn usable = confirmed.settled(listedAt);
        boolean streaming = usable != null
                && streamed != null
                && (usable.compareTo(streamed) >= 0 || usable.compareTo(firstConfirmed) > 0);
        return streaming ? usable : null;
    }
}
