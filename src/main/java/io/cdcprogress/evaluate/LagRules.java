package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.Thresholds;
import java.time.Duration;
import java.time.Instant;

/** Which half is behind, if any is. Only where nothing else explains it. */
final class LagRules {
    private final Situation situation;
    private final History history;
    private final Lag lag;
    private final Rates rates;
    private final Findings findings;
    private final Thresholds thresholds;
    private final String group;

    LagRules(Situation situation, History history, Lag lag, Rates rates, Findings findings) {
        this.situation = situation;
        this.history = history;
        this.lag = lag;
        this.rates = rates;
        this.findings = findings;
        this.thresholds = situation.thresholds();
        this.group = "group " + situation.group();
    }

    void judge() {
        if (!findings.none()) {
            return;
        }
        if (!thresholds.positions()) {
            judgeWithoutPositions();
        } else if (lag.totalBytes() == null || lag.sinkBytes() == null || lag.captureBytes() == null) {
            // The distance does not fit a number: no position of one history is that far away.
            unknown("the sink's LSN " + situation.position().sink() + " is out of reach");
        } else if (lag.records() == null) {
            unknown("how many records " + group + " has left is not known");
        } else if (!behind() || idle()) {
            findings.add(Finding.NONE, nothing());
        } else if (lag.sinkBytes() >= lag.captureBytes()) {
            findings.add(Finding.SINK_BEHIND, sinkBehind());
        } else {
            findings.add(Finding.CAPTURE_BEHIND, captureBehind());
        }
    }

    private void unknown(String why) {
        findings.add(new Failure(Finding.POSITION_UNKNOWN, why));
    }

    private boolean behind() {
        Long age = situation.position().totalLagMs();
        boolean something = lag.totalBytes() > 0 || lag.records() > 0;
        return something
                && lag.totalBytes() >= thresholds.behindBytes()
                && (age == null || age > thresholds.behindTime().toMillis());
    }

    /**
     * Whether all that is missing is that nobody can prove that there is nothing: all records are consumed, none have come
     * for a while, and all WAL is sent. Just after a start it is not known for how long. A server that goes on writing is
     * IDLE_WITHOUT_HEARTBEAT.
     */
    private boolean idle() {
        return lag.records() == 0
                && SourceRules.keepsUp(situation)
                && (situation.position().totalLagMs() == null
                        || history.windows().lasts(Kind.ENDS, situation.now(), thresholds.flushInterval()));
    }

    private String nothing() {
        if (lag.totalBytes() == 0 && lag.records() == 0) {
            return group + " has consumed everything";
        }
        if (behind()) {
            Instant since = history.windows().since(Kind.ENDS);
            return group + " has consumed every record; "
                    + (since == null
                            ? ""
                            : "nothing has come into the topics since " + Quantity.moment(since, situation.now())
                                    + ", and ")
                    + "the last "
                    + Quantity.bytes(lag.totalBytes())
                    + " of WAL have been sent to Debezium; heartbeats on it would prove that they hold nothing captured";
        }
        return group + " is " + distance() + ", which is below behind.min.ms or behind.min.bytes";
    }

    private String distance() {
        return Quantity.bytes(lag.totalBytes()) + " behind the source" + age();
    }

    private String age() {
        SinkPosition position = situation.position();
        if (position.totalLagMs() == null) {
            return "";
        }
        return ", " + (position.ageGrade() == SinkPosition.AgeGrade.EXACT ? "" : "at most ")
                + Quantity.time(Duration.ofMillis(position.totalLagMs()));
    }

    private String sinkBehind() {
        SinkPosition position = situation.position();
        return group + " is " + distance() + ": " + Quantity.bytes(lag.sinkBytes()) + " of it and "
                + Quantity.count(lag.records(), "record") + " in "
                + Quantity.count(lag.partitions(), "partition") + " are the sink's"
                + (position.blocking() == null ? "" : ", the first of them in " + position.blocking()) + pace();
    }

    private String pace() {
        if (rates.sinkRecordsPerSecond() == null) {
            return "; see whether its tasks are busy or its target is slow";
        }
        String pace = "; it consumes " + Quantity.count(Math.round(rates.sinkRecordsPerSecond()), "record")
                + " a second and ";
        return rates.catchUpSeconds() == null
                ? pace + "does not come nearer: give it more tasks, or see whether its target is slow"
                : pace + "has caught up in about " + Quantity.seconds(rates.catchUpSeconds());
    }

    private String captureBehind() {
        return group + " is " + distance() + ": " + Quantity.bytes(lag.captureBytes())
                + " of it are not in the topics yet, or not known to be"
                + (rates.walBytesPerSecond() == null
                        ? ""
                        : ", while the server writes " + Quantity.bytes(Math.round(rates.walBytesPerSecond())) + "/s")
                + "; see whether the Debezium connector keeps up (MilliSecondsBehindSource, its queue, a large"
                + " transaction), and set offset.flush.interval.ms of its worker to 5 s";
    }

    /** By the slot and the offsets alone. */
    private void judgeWithoutPositions() {
        if (lag.records() == null || lag.slotBytes() == null) {
            unknown("the slot's or the sink's lag is not known");
            return;
        }
        Duration late = thresholds.behindTime();
        boolean confirmed =
                !history.windows().lasts(Kind.PROCESSED, situation.now(), late) || SourceRules.keepsUp(situation);
        boolean stands = history.windows().lasts(Kind.WAITING, situation.now(), late);
        boolean consumed = history.windows().of(Kind.WAITING) == null || !(stands || slow(late));
        if (!consumed) {
            findings.add(
                    Finding.SINK_BEHIND,
                    group + " has " + Quantity.count(lag.records(), "record") + " left in "
                            + Quantity.count(lag.partitions(), "partition") + pace());
        } else if (!confirmed && lag.slotBytes() > thresholds.behindBytes()) {
            findings.add(
                    Finding.CAPTURE_BEHIND,
                    "slot " + situation.pipeline().slotName() + " has not confirmed "
                            + Quantity.bytes(lag.slotBytes()) + ", and nothing since "
                            + Quantity.moment(history.windows().since(Kind.PROCESSED), situation.now())
                            + "; see whether the Debezium connector keeps up");
        } else {
            findings.add(
                    Finding.NONE,
                    group + " has " + Quantity.count(lag.records(), "record") + " left, and the slot has not confirmed "
                            + Quantity.bytes(lag.slotBytes()) + " (positions.enabled is false)");
        }
    }

    /** What waits is more than the sink consumes in that time. */
    private boolean slow(Duration late) {
        return rates.sinkRecordsPerSecond() != null
                && lag.records() > rates.sinkRecordsPerSecond() * late.toMillis() / 1000.0;
    }
}
