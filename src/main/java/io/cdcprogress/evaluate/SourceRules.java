package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.TopicsObservation;
import io.cdcprogress.model.Window;
import java.time.Duration;
import java.time.Instant;

/** What the source connector does, by Connect's account and by what it does to slot and topics. */
final class SourceRules {
    private static final String KIND = "Debezium connector";
    /** A server that writes less than this does so for itself. */
    private static final long IDLE_BYTES_PER_SECOND = 1024;

    /** What vacuum and checkpoints write at a time on a server that does nothing else, and more. */
    private static final long IDLE_BYTES = 1024 * 1024;
    /** What a walsender may trail that keeps up. */
    static final long KEEPS_UP_BYTES = 1024 * 1024;

    private static final int HEARTBEATS = 3;

    private final Situation situation;
    private final History history;
    private final Lag lag;
    private final Rates rates;
    private final Findings findings;

    SourceRules(Situation situation, History history, Lag lag, Rates rates, Findings findings) {
        this.situation = situation;
        this.history = history;
        this.lag = lag;
        this.rates = rates;
        this.findings = findings;
    }

    void judge() {
        ConnectorFacts connector = situation.sourceConnector();
        if (Connectors.is(connector, State.FAILED)) {
            findings.add(
                    Finding.SOURCE_FAILED,
                    Connectors.told(connector, KIND) + retained() + "; " + Connectors.restart(connector, "it"));
        }
        if (Connectors.is(connector, State.PAUSED, State.STOPPED) && notRefuted()) {
            findings.add(
                    Finding.SOURCE_STALLED,
                    Connectors.told(connector, KIND) + "; nothing comes into the topics" + retained() + "; "
                            + Connectors.restart(connector, "it"));
        } else if (stalls()) {
            findings.add(Finding.SOURCE_STALLED, stalled());
        }
        if (!findings.has(Finding.SOURCE_STALLED) && idle()) {
            findings.add(Finding.IDLE_WITHOUT_HEARTBEAT, idleSentence());
        }
    }

    /** Records that came after Connect was asked show that it has gone on since. */
    private boolean notRefuted() {
        Instant stand = history.windows().since(Kind.ENDS);
        return stand == null || situation.statesKnownSince(stand);
    }

    private boolean stalls() {
        Duration stall = situation.thresholds().stallAfter();
        Windows windows = history.windows();
        Instant now = situation.now();
        return situation.slot() != null
                && situation.slot().active()
                && windows.lasts(Kind.SENT_BEYOND, now, stall)
                && windows.lasts(Kind.ENDS, now, stall)
                && !publishes();
    }

    /** Whether there is evidence; where none can be had, an idle connector must not seem stalled. */
    private boolean publishes() {
        Duration stall = situation.thresholds().stallAfter();
        Duration gap = history.heartbeatGap();
        if (beats() && gap != null) {
            return !history.windows()
                    .lasts(Kind.HEARTBEAT, situation.now(), longer(gap.multipliedBy(HEARTBEATS), stall));
        }
        return !history.windows().lasts(Kind.NOT_RUNNING, situation.now(), stall);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    private boolean beats() {
        TopicsObservation topics = situation.topics();
        return topics != null
                && topics.heartbeat() != null
                && !Boolean.FALSE.equals(situation.source().heartbeats());
    }

    private String stalled() {
        Windows windows = history.windows();
        return "PostgreSQL has sent everything up to " + situation.slot().sentLsn() + " through slot "
                + situation.pipeline().slotName() + ", but nothing has come into the topics since "
                + Quantity.moment(windows.since(Kind.ENDS), situation.now())
                + (beats() && windows.of(Kind.HEARTBEAT) != null
                        ? ", and no heartbeat since " + Quantity.moment(windows.since(Kind.HEARTBEAT), situation.now())
                        : "")
                + Connectors.why(situation.sourceConnector(), KIND) + retained() + "; "
                + Connectors.restart(situation.sourceConnector(), "the Debezium connector");
    }

    private String retained() {
        return lag.retainedBytes() == null ? "" : "; " + Quantity.bytes(lag.retainedBytes()) + " of WAL retained";
    }

    /** Everything is sent and nothing comes of it while the server writes on. */
    private boolean idle() {
        Windows windows = history.windows();
        Window confirmed = windows.of(Kind.PROCESSED);
        Duration stall = situation.thresholds().stallAfter();
        Duration patience = longer(stall, situation.thresholds().flushInterval());
        return keepsUp(situation)
                && (!beats() || beatsWithoutRecords())
                && windows.lasts(Kind.READ, situation.now(), patience)
                && windows.lasts(Kind.ENDS, situation.now(), patience)
                && windows.lasts(Kind.PROCESSED, situation.now(), patience)
                && confirmed.wal() != null
                && writes(confirmed);
    }

    /** Heartbeats that ceased with the records are of a connector that stands; so it is not idle. */
    private boolean beatsWithoutRecords() {
        Windows windows = history.windows();
        Instant beat = windows.since(Kind.HEARTBEAT);
        Instant stand = windows.since(Kind.ENDS);
        Duration gap = history.heartbeatGap();
        return beat != null
                && gap != null
                && stand != null
                && beat.isAfter(stand)
                && windows.length(Kind.HEARTBEAT, situation.now()).compareTo(gap.multipliedBy(HEARTBEATS)) <= 0;
    }

    /** Whether the slot is read, and all that is written has been sent, as far as that can be seen. */
    static boolean keepsUp(Situation situation) {
        SlotFacts slot = situation.slot();
        if (slot == null || !slot.active() || slot.sentLsn() == null) {
            return false;
        }
        Long unsent = situation.server().sourceLsn().bytesSince(slot.sentLsn());
        return unsent != null && unsent <= KEEPS_UP_BYTES;
    }

    /** All the time, and still: a server that tidies up writes as much for a moment. */
    private boolean writes(Window confirmed) {
        Long written = situation.server().sourceLsn().bytesSince(confirmed.wal());
        double seconds = Duration.between(confirmed.since(), situation.now()).toMillis() / 1000.0;
        return written != null
                && written >= IDLE_BYTES
                && written >= seconds * IDLE_BYTES_PER_SECOND
                && (rates.walBytesPerSecond() == null || rates.walBytesPerSecond() >= IDLE_BYTES_PER_SECOND);
    }

    private String idleSentence() {
        return "slot " + situation.pipeline().slotName() + " is idle: nothing captured has been changed since "
                + Quantity.moment(history.windows().since(Kind.ENDS), situation.now())
                + ", so Debezium confirms nothing, while the server writes"
                + (rates.walBytesPerSecond() == null
                        ? ""
                        : " " + Quantity.bytes(Math.round(rates.walBytesPerSecond())) + "/s")
                + retained() + " for no reason; set heartbeat.interval.ms and heartbeat.action.query (SELECT"
                + " pg_logical_emit_message(true, 'heartbeat', now()::text)) on the Debezium connector";
    }
}
