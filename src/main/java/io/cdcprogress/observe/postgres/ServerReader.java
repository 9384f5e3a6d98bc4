package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.SlotObservation;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one server on a thread of its own. A server that failed the last time is given only a moment, so that it delays
 * the others once and not at every observation; as soon as it has answered within that, or between two observations,
 * it is waited for again.
 */
final class ServerReader implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofMillis(200);

    private final ServerSession session;
    private final PostgresServer server;
    private final Duration timeout;
    private final ExecutorService thread;
    private Future<ServerSnapshot> answer;
    private boolean late;
    private boolean trusted = true;
    private long deadline;

    ServerReader(ServerSession session, PostgresServer server, Duration timeout) {
        this.session = session;
        this.server = server;
        this.timeout = timeout;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread own = new Thread(task, "cdc-progress-postgres-" + server.address());
            own.setDaemon(true);
            return own;
        });
    }

    /** What the server said, or why it said nothing. */
    record Answer(ServerSnapshot snapshot, Failure failure) {
        SlotObservation slot(String slotName, String dbname) {
            return snapshot == null ? new SlotObservation.Unobserved(failure) : snapshot.slot(slotName, dbname);
        }
    }

    /** Asks, unless the question before is still open: questions do not pile up on a server that hangs. */
    void ask() {
        deadline = System.nanoTime() + (trusted ? timeout : MOMENT).toNanos();
        late = answer != null && !answer.isDone();
        if (!late) {
            answer = thread.submit(session::read);
        }
    }

    /** Waits until the deadline that {@link #ask} set. */
    Answer await() throws InterruptedException {
        try {
            ServerSnapshot snapshot = answer.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            trusted = true;
            // An answer to an earlier question is not an observation of now.
            return late ? new Answer(null, unanswered()) : new Answer(snapshot, null);
        } catch (TimeoutException e) {
            if (trusted) {
                session.abort();
            }
            trusted = false;
            return new Answer(null, unanswered());
        } catch (ExecutionException e) {
            trusted = false;
            return new Answer(null, failure(e.getCause()));
        }
    }

    private Failure unanswered() {
        return new Failure(
                Finding.SOURCE_UNREACHABLE,
                "PostgreSQL at " + server.address() + " did not answer within " + timeout.toMillis() + " ms");
    }

    private Failure failure(Throwable cause) {
        return cause instanceof SQLException sql
                ? SqlStates.failure(sql, server)
                : new Failure(
                        Finding.SOURCE_UNREACHABLE,
                        "the answer of PostgreSQL at " + server.address() + " failed: " + cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        session.close();
    }
}
