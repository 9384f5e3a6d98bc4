package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import java.time.Duration;
import java.time.Instant;

/** What the slot and its server say. */
final class SlotRules {
    private static final String WAL_REMOVED = "wal_removed";
    private static final String UNRESERVED = "unreserved";
    private static final Duration INACTIVE_AFTER = Duration.ofSeconds(30);
    /** For so long, records that come while nobody is on a slot that was streamed from pass for another snapshot. */
    private static final Duration ANOTHER_SNAPSHOT = Duration.ofMinutes(10);

    private final Situation situation;
    private final History history;
    private final Lag lag;
    private final Rates rates;
    private final Findings findings;
    private final String name;

    SlotRules(Situation situation, History history, Lag lag, Rates rates, Findings findings) {
        this.situation = situation;
        this.history = history;
        this.lag = lag;
        this.rates = rates;
        this.findings = findings;
        this.name = "slot " + situation.pipeline().slotName();
    }

    void judge() {
        SlotObservation observation = situation.slotObservation();
        if (observation instanceof SlotObservation.Unobserved unobserved) {
            findings.add(unobserved.failure());
        } else if (observation instanceof SlotObservation.Missing missing) {
            findings.add(
                    Finding.SLOT_MISSING,
                    missing.detail() + " (" + situation.pipeline().database() + ")");
        } else {
            judge(situation.slot());
        }
    }

    private void judge(SlotFacts slot) {
        if (slot.lost()) {
            findings.add(
                    Finding.SLOT_LOST,
                    "PostgreSQL has invalidated " + name
                            + (slot.invalidation() == null ? "" : " (" + slot.invalidation() + ")")
                            + ": changes"
                            + (slot.processedLsn() == null ? "" : " since " + slot.processedLsn())
                            + " can't be read any more; stop the Debezium connector, delete its offsets, drop the slot and"
                            + " resume, so that it takes a new snapshot: with its offsets kept, it would go on without them"
                            + limit(slot));
        } else {
            judgeLimit(slot);
        }
        judgeRecreated(slot);
        judgeInactive();
    }

    /** What to change first, so that it does not happen again; older servers do not tell why. */
    private static String limit(SlotFacts slot) {
        return slot.invalidation() == null || WAL_REMOVED.equals(slot.invalidation())
                ? "; before that, raise max_slot_wal_keep_size"
                : "";
    }

    /** In the default mode Debezium confirms only what Connect has stored before. */
    private void judgeRecreated(SlotFacts slot) {
        SourceConnectorFacts source = situation.source();
        Lsn stored = source.storedCommit();
        Instant confirmedSince = history.windows().since(Kind.PROCESSED);
        boolean ahead = stored != null
                && slot.processedLsn() != null
                && Boolean.TRUE.equals(source.confirmsStored())
                && situation.storedAt() != null
                && confirmedSince != null
                && situation.storedAt().isAfter(confirmedSince)
                && slot.processedLsn().compareTo(stored) > 0;
        if (ahead) {
            findings.add(
                    Finding.SLOT_RECREATED,
                    name + " begins at " + slot.processedLsn() + ", but Debezium has only handed over what lies up to "
                            + stored + ": the slot was made anew, and changes between are not in the topics; take a new"
                            + " snapshot (a signal execute-snapshot, or with the connector's offsets deleted)");
        }
    }

    private void judgeInactive() {
        Duration stall = situation.thresholds().stallAfter();
        Duration patience = stall.compareTo(INACTIVE_AFTER) < 0 ? stall : INACTIVE_AFTER;
        if (!history.windows().lasts(Kind.INACTIVE, situation.now(), patience)) {
            return;
        }
        if (snapshotting(patience)) {
            findings.add(
                    Finding.SNAPSHOTTING,
                    "Debezium takes a snapshot, by all that is seen: nobody is on " + name
                            + " yet, while the topics grow or Connect has no streamed position" + retained());
            return;
        }
        ConnectorFacts connector = situation.sourceConnector();
        findings.add(
                Finding.SLOT_INACTIVE,
                name + " is inactive since "
                        + Quantity.moment(history.windows().since(Kind.INACTIVE), situation.now())
                        + Connectors.why(connector, "Debezium connector")
                        + retained()
                        + "; " + Connectors.restart(connector, "the Debezium connector"));
    }

    /**
     * For as long as a snapshot takes, which may be hours, nobody is on the slot, but records come. Where Connect says that
     * the connector runs and has not streamed yet, they may come slowly.
     */
    private boolean snapshotting(Duration patience) {
        SourceConnectorFacts source = situation.source();
        ConnectorFacts connector = source.connector();
        if (Connectors.is(connector, State.FAILED, State.STOPPED, State.PAUSED, State.MISSING)) {
            return false;
        }
        if (source.storedCommit() != null) {
            return false; // it has streamed: what comes into the topics is somebody else's
        }
        boolean told = source.running() && source.offsetRead();
        boolean hasStreamed = !told && situation.position().sink() != null;
        if (hasStreamed && history.windows().lasts(Kind.INACTIVE, situation.now(), ANOTHER_SNAPSHOT)) {
            return false; // another snapshot would be told by Connect; without it, this may be somebody else's as well
        }
        Duration inactive = history.windows().length(Kind.INACTIVE, situation.now());
        Duration standing = history.windows().of(Kind.ENDS) == null
                ? inactive
                : history.windows().length(Kind.ENDS, situation.now());
        Duration quiet = standing.compareTo(inactive) < 0 ? standing : inactive;
        return quiet.compareTo(told ? situation.thresholds().stallAfter() : patience) < 0;
    }

    private String retained() {
        String kept =
                lag.retainedBytes() == null ? "" : "; " + Quantity.bytes(lag.retainedBytes()) + " of WAL retained";
        return kept
                + (rates.slotLossSeconds() == null
                        ? ""
                        : ", the slot is lost in about " + Quantity.seconds(rates.slotLossSeconds()) + " at this rate");
    }

    private void judgeLimit(SlotFacts slot) {
        Long left = rates.slotLossSeconds();
        boolean near =
                left != null && left <= situation.thresholds().slotLossHorizon().toSeconds();
        if (UNRESERVED.equals(slot.walStatus()) || Long.valueOf(0).equals(left)) {
            findings.add(
                    Finding.WAL_LIMIT_NEAR,
                    name + " is beyond max_slot_wal_keep_size and will be invalidated at the next checkpoint"
                            + retainedBy() + "; let Debezium catch up now, or raise max_slot_wal_keep_size and reload");
        } else if (near) {
            findings.add(
                    Finding.WAL_LIMIT_NEAR,
                    name + " will be invalidated in about " + Quantity.seconds(left) + " at "
                            + Quantity.bytes(Math.round(rates.walBytesPerSecond())) + "/s of WAL: "
                            + Quantity.bytes(slot.safeWalBytes()) + " are left of max_slot_wal_keep_size" + retainedBy()
                            + "; let Debezium catch up, or raise max_slot_wal_keep_size and reload");
        }
    }

    private String retainedBy() {
        return lag.retainedBytes() == null ? "" : ", " + Quantity.bytes(lag.retainedBytes()) + " are retained";
    }
}
