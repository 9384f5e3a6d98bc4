package io.cdcprogress.resolve;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;

/**
 * What is surely in Kafka (F): every captured change up to here.
 *
 * <p>Either what Connect has stored for the source connector, which covers only what every earlier record's
 * acknowledgement covers; or, where Connect is not asked, what the slot has confirmed, which Debezium takes from there.
 *
 * <p>The slot counts only where it has moved on under a walsender that was seen before: a new slot, whatever its name has
 * stood for, starts at its consistent point, when nothing of the initial snapshot is published yet, and Debezium confirms
 * nothing before it streams (ADR 6). And what Connect has stored is not taken for another history's than that of a server
 * or slot which has just changed, until the slot has moved on: only then has Debezium stored something of the new one.
 *
 * <p>What F covers lies in topics that existed when it was read: it counts from the next listing of the topics on.
 */
final class ProvenFrontier {
    private SettlingLsn stored = new SettlingLsn();
    private SettlingLsn confirmed = new SettlingLsn();
    private Integer pid;
    /** What the slot had confirmed when this walsender was first seen. */
    private Lsn first;
    /** Whether what Connect has stored may be of the history before. */
    private boolean mayBeOld;
    /** What Connect had told when that ended, which may still be old; null if nothing. */
    private Lsn old;

    /** Another slot, or another server: nothing that was known of the old one holds. */
    void restart() {
        stored = new SettlingLsn();
        confirmed = new SettlingLsn();
        pid = null;
        mayBeOld = true;
    }

    /**
     * Takes note of what was observed.
     *
     * @param at {@link System#nanoTime} after everything given here was read
     * @param slot null where it was not observed or is not there
     * @param source LSN of the server's WAL; null where it was not observed
     */
    void note(long at, SlotFacts slot, Lsn source, SourceConnectorFacts connector) {
        if (slot != null && movedOn(slot)) {
            confirmed.offer(at, slot.processedLsn());
            if (mayBeOld) {
                mayBeOld = false;
                old = connector.storedCommit();
            }
        }
        Lsn commit = connector.storedCommit();
        // Beyond the WAL lies what was stored of another history, or a moment after the WAL was asked: then it counts
        // next time.
        boolean beyond = source != null && commit != null && commit.compareTo(source) > 0;
        if (!mayBeOld && !beyond && commit != null && !commit.equals(old)) {
            stored.offer(at, commit);
        }
    }

    private boolean movedOn(SlotFacts slot) {
        // A slot that is still being made is read already, and has confirmed nothing.
        if (slot.activePid() != null && (first == null || !slot.activePid().equals(pid))) {
            pid = slot.activePid();
            first = slot.processedLsn();
        }
        return slot.activePid() != null
                && first != null
                && slot.processedLsn() != null
                && slot.processedLsn().compareTo(first) > 0;
    }

    /**
     * F at this observation; null if nothing is known.
     *
     * @param listedAt {@link System#nanoTime} before the topics were listed
     * @param asked whether Connect is
     * @param source LSN of the server's WAL
     */
    Lsn at(long listedAt, boolean asked, Lsn source) {
        Lsn settled = (asked ? stored : confirmed).settled(listedAt);
        // What Connect told while the server did not answer could not be held against its WAL then.
        return settled == null || settled.compareTo(source) > 0 ? null : settled;
    }

    /** Why nothing is known, if nothing is. */
    String why(SourceConnectorFacts connector, Lsn source) {
        if (!connector.asked()) {
            return "the slot has confirmed nothing since this connector first saw its present walsender; with connect.url"
                    + " it need not wait for that";
        }
        if (connector.storedCommit() == null) {
            return "the source connector has stored no commit yet: its initial snapshot is not over, or nothing was"
                    + " changed since";
        }
        if (source != null && connector.storedCommit().compareTo(source) > 0) {
            return "what Connect has stored for the source connector (lsn_commit " + connector.storedCommit()
                    + ") lies beyond the server's WAL at " + source
                    + ", so it is of another server or of before a restore";
        }
        return mayBeOld || connector.storedCommit().equals(old)
                ? "what Connect has stored for the source connector may be of before the server or the slot changed"
                : "the source connector's stored offset was read before the topics were listed";
    }
}
