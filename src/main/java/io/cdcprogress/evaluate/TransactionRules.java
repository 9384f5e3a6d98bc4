package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.OpenTransaction;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.Window;
import java.time.Duration;

/** Whether an open transaction keeps WAL that the slot would have given back. */
final class TransactionRules {
    /** PostgreSQL logs the running transactions that often, and restart_lsn can only move then. */
    static final Duration RUNNING_TRANSACTIONS = Duration.ofSeconds(15);

    /** Without the right to see transactions, restart_lsn must stand for longer than it does without any reason. */
    private static final Duration UNSEEN_TRANSACTION = Duration.ofMinutes(2);

    private final Situation situation;
    private final History history;
    private final Lag lag;
    private final Findings findings;

    TransactionRules(Situation situation, History history, Lag lag, Findings findings) {
        this.situation = situation;
        this.history = history;
        this.lag = lag;
        this.findings = findings;
    }

    void judge() {
        SlotFacts slot = situation.slot();
        if (slot == null) {
            return;
        }
        Windows windows = history.windows();
        Window restart = windows.of(Kind.RESTART);
        Window processed = windows.of(Kind.PROCESSED);
        Duration stall = situation.thresholds().stallAfter();
        boolean holds = slot.active()
                && restart != null
                && processed != null
                && processed.since().isAfter(restart.since())
                && restart.wal() != null
                && situation.server().sourceLsn().compareTo(restart.wal()) > 0;
        if (!holds) {
            return;
        }
        OpenTransaction transaction = situation.server().oldestTransaction();
        boolean seen = transaction != null
                && !situation.server().standby()
                && windows.lasts(Kind.RESTART, situation.now(), stall.dividedBy(2))
                && windows.lasts(Kind.READ, situation.now(), stall.dividedBy(2))
                && open(transaction).compareTo(stall) >= 0
                && !younger(transaction);
        Duration unseenFor = UNSEEN_TRANSACTION.compareTo(stall) > 0 ? UNSEEN_TRANSACTION : stall;
        boolean unseen = slot.sentLsn() == null
                && windows.lasts(Kind.RESTART, situation.now(), unseenFor)
                && windows.lasts(Kind.READ, situation.now(), unseenFor);
        if (seen || unseen) {
            findings.add(Finding.LONG_TRANSACTION, sentence(seen ? transaction : null, restart));
        }
    }

    /** Than the standstill, by more than restart_lsn takes its time: then it is not the cause, and must not be ended. */
    private boolean younger(OpenTransaction transaction) {
        Duration standing = history.windows().length(Kind.RESTART, situation.now());
        return open(transaction)
                        .plus(RUNNING_TRANSACTIONS)
                        .plus(situation
                                .thresholds()
                                .flushInterval()
                                .multipliedBy(3)
                                .dividedBy(2))
                        .compareTo(standing)
                < 0;
    }

    private Duration open(OpenTransaction transaction) {
        return Duration.between(transaction.since(), situation.server().observedAt());
    }

    private String sentence(OpenTransaction seen, Window restart) {
        String who = seen == null
                ? "a transaction that has been open since before " + Quantity.moment(restart.since(), situation.now())
                : seen.pid() == null
                        ? "a prepared transaction, of " + since(seen)
                        : "a transaction of pid " + seen.pid() + ", open since " + since(seen);
        String what = seen == null
                ? "find it by SELECT pid, xact_start, query FROM pg_stat_activity WHERE backend_xid IS NOT NULL ORDER BY"
                        + " xact_start, and end it"
                : seen.pid() == null
                        ? "see pg_prepared_xacts, and commit it or roll it back"
                        : "look at it in pg_stat_activity, and if nobody needs it, end it: SELECT pg_terminate_backend("
                                + seen.pid() + ")";
        return who + ", keeps the WAL of slot " + situation.pipeline().slotName() + " from " + restart.token() + " on: "
                + (lag.retainedBytes() == null
                        ? ""
                        : Quantity.bytes(lag.retainedBytes()) + " are retained, and more come; ")
                + what;
    }

    private String since(OpenTransaction transaction) {
        return Quantity.moment(transaction.since(), situation.server().observedAt()) + " ("
                + Quantity.time(open(transaction)) + ")";
    }
}
