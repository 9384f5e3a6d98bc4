package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.observe.Backoff;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks one server on a thread of its own. A server that did not answer in time is given only a moment at the next
 * observations, so that it delays the others once and not at every one; as soon as it has answered, be it late, it is
 * waited for again.
 */
final class ServerReader implements AutoCloseable {
    /** What {@link ServerSession} does, for the thread. */
    interface Session {
        ServerSnapshot read() throws SQLException;

        void abort();

        void close();
    }

    private static final Duration MOMENT = Duration.ofMillis(200);
    /** A server that is down should be seen when it is up again. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    /** A login that is refused may be counted, and locked after too many. */
    private static final Duration LONGEST_WAIT_WHEN_REFUSED = Duration.ofMinutes(1);

    private final Session session;
    private final PostgresServer server;
    private final Duration timeout;
    private final ExecutorService thread;
    private final Backoff backoff = new Backoff(System::nanoTime);
    private Future<ServerSnapshot> answer;
    /** The answer is one to an earlier question, and so no observation of now. */
    private boolean late;

    private boolean trusted = true;
    /** Set by the thread: the server has answered, whether or not somebody still waited. */
    private volatile boolean answered;

    private long asked;
    private Failure lastFailure;

    ServerReader(Session session, PostgresServer server, Duration timeout) {
        this.session = session;
        this.server = server;
        this.timeout = timeout;
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread own = new Thread(task, "cdc-progress-postgres-" + server.address());
            own.setDaemon(true);
            return own;
        });
    }

    /** Asks, unless the question before is still open, or it is too early to try a server again that failed. */
    void ask() {
        asked = System.nanoTime();
        if (answered) {
            answered = false;
            trusted = true;
            backoff.succeeded();
        }
        late = answer != null && !answer.isDone();
        if (!late) {
            answer = backoff.due() ? thread.submit(this::read) : null;
        }
    }

    private ServerSnapshot read() throws SQLException {
        ServerSnapshot snapshot = session.read();
        answered = true;
        return snapshot;
    }

    /** Waits for as long as this server deserves, counted from {@link #ask}. */
    ServerAnswer await() throws InterruptedException {
        if (answer == null) {
            return new ServerAnswer(null, lastFailure);
        }
        long left = asked + (trusted ? timeout : MOMENT).toNanos() - System.nanoTime();
        try {
            ServerSnapshot snapshot = answer.get(Math.max(0, left), TimeUnit.NANOSECONDS);
            return late ? new ServerAnswer(null, lastFailure) : new ServerAnswer(snapshot, null);
        } catch (TimeoutException e) {
            if (trusted) {
                session.abort();
                lastFailure = new Failure(
                        Finding.SOURCE_UNREACHABLE,
                        "PostgreSQL at " + server.address() + " did not answer within " + timeout.toMillis() + " ms");
            }
        } catch (ExecutionException e) {
            lastFailure = failure(e.getCause());
            backoff.failed(lastFailure.finding() == Finding.NOT_AUTHORIZED ? LONGEST_WAIT_WHEN_REFUSED : LONGEST_WAIT);
        }
        trusted = false;
        return new ServerAnswer(null, lastFailure);
    }

    private Failure failure(Throwable cause) {
        return cause instanceof SQLException sql
                ? SqlStates.failure(sql, server)
                : new Failure(
                        Finding.SOURCE_UNREACHABLE,
                        "the answer of PostgreSQL at " + server.address() + " could not be read: " + cause);
    }

    @Override
    public void close() {
        thread.shutdownNow();
        session.close();
    }
}
