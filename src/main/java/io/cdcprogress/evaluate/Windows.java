package io.cdcprogress.evaluate;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.Window;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** What has been the same for how long. Immutable. What was not observed changes nothing. */
record Windows(Map<String, Window> running) {
    /** What is watched. The names are stored, so they stay. */
    enum Kind {
        /** No walsender is on the slot. */
        INACTIVE,
        /** One walsender has been on the slot. */
        READ,
        /** The slot has confirmed nothing. */
        PROCESSED,
        /** The slot's restart_lsn stands. */
        RESTART,
        /** PostgreSQL has sent more than is published. */
        SENT_BEYOND,
        /** No record has come into the topics. */
        ENDS,
        /** No heartbeat has come. */
        HEARTBEAT,
        /** How long it took from one heartbeat to the next, in milliseconds. */
        HEARTBEAT_GAP,
        /** Connect says of the source connector that it is in this state, which is not RUNNING. */
        NOT_RUNNING,
        /** The group has committed nothing. */
        COMMITS,
        /** The partition in which data has waited longest at one committed offset. */
        WAITING,
        /** The finding is the same, by the clock that observed_at tells. */
        FINDING,
        /** Something was observed. */
        SEEN
    }

    /** A restart takes no longer; what seems to have, is two clocks that differ. */
    private static final Duration RESTART = Duration.ofMinutes(10);

    Windows {
        running = Map.copyOf(running);
    }

    /**
     * After a restart, perhaps on another worker: lengths of time go on without the difference of two clocks. A slot that
     * nobody was on then, and nobody is on now, may have been read in between, so that time does not count.
     */
    Windows resumed(Instant now) {
        Window seen = of(Kind.SEEN);
        if (seen == null) {
            return this;
        }
        Duration gap = Duration.between(seen.since(), now);
        Duration clocks = gap.isNegative() ? gap : gap.compareTo(RESTART) > 0 ? gap.minus(RESTART) : Duration.ZERO;
        Map<String, Window> shifted = new HashMap<>();
        running.forEach((kind, window) -> shifted.put(
                kind,
                kind.equals(Kind.FINDING.name())
                        ? window
                        : later(window, kind.equals(Kind.INACTIVE.name()) ? gap : clocks)));
        return new Windows(shifted);
    }

    private static Window later(Window window, Duration time) {
        return new Window(window.token(), window.since().plus(time), window.observations(), window.wal());
    }

    /** Seen now: goes on where it is the same as before, else begins now. Null ends it. */
    Windows stands(Kind kind, Object token, Instant now, Lsn wal) {
        if (token == null) {
            return ends(kind);
        }
        Window before = of(kind);
        boolean goesOn = before != null && before.token().equals(token.toString());
        return with(
                kind,
                goesOn
                        ? new Window(before.token(), before.since(), before.observations() + 1, before.wal())
                        : new Window(token.toString(), now, 1, wal));
    }

    Windows with(Kind kind, Window window) {
        Map<String, Window> more = new HashMap<>(running);
        more.put(kind.name(), window);
        return new Windows(more);
    }

    Windows ends(Kind kind) {
        if (!running.containsKey(kind.name())) {
            return this;
        }
        Map<String, Window> fewer = new HashMap<>(running);
        fewer.remove(kind.name());
        return new Windows(fewer);
    }

    /** Null where nothing is known to be the same. */
    Window of(Kind kind) {
        return running.get(kind.name());
    }

    /** Zero where nothing is known to be the same. */
    Duration length(Kind kind, Instant now) {
        Window window = of(kind);
        return window == null ? Duration.ZERO : Duration.between(window.since(), now);
    }

    /** Whether it has lasted so long, and was seen more than once. */
    boolean lasts(Kind kind, Instant now, Duration length) {
        Window window = of(kind);
        return window != null && window.observations() > 1 && length(kind, now).compareTo(length) >= 0;
    }

    /** Since when; null where it is not the same. */
    Instant since(Kind kind) {
        Window window = of(kind);
        return window == null ? null : window.since();
    }

    boolean sameToken(Kind kind, Object token) {
        return of(kind) != null && of(kind).token().equals(Objects.toString(token));
    }
}
