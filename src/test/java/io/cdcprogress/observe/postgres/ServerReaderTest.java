package io.cdcprogress.observe.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.ServerFacts;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The patience with a server; the session is one that answers when it is told to. */
class ServerReaderTest {
    private static final ServerSnapshot SNAPSHOT =
            new ServerSnapshot(new ServerFacts(new Lsn(1), new Lsn(1), Instant.EPOCH, 1, 1, false, null), Map.of());
    private static final Duration TIMEOUT = Duration.ofMillis(700);

    private final Semaphore answers = new Semaphore(0);
    private final AtomicInteger questions = new AtomicInteger();
    private final AtomicInteger aborted = new AtomicInteger();
    private volatile SQLException error;
    private final ServerReader reader = new ServerReader(
            new ServerReader.Session() {
                @Override
                public ServerSnapshot read() throws SQLException {
                    questions.incrementAndGet();
                    answers.acquireUninterruptibly();
                    if (error != null) {
                        throw error;
                    }
                    return SNAPSHOT;
                }

                @Override
                public void abort() {
                    aborted.incrementAndGet();
                }

                @Override
                public void close() {
                    answers.release(1000);
                }
            },
            new PostgresServer("db", 5432, "monitor", null, "prefer", null, null, null),
            TIMEOUT);

    @AfterEach
    void close() {
        reader.close();
    }

    private ServerAnswer observe() throws InterruptedException {
        reader.ask();
        return reader.await();
    }

    private Duration timeOf(ServerAnswer[] answer) throws InterruptedException {
        long before = System.nanoTime();
        answer[0] = observe();
        return Duration.ofNanos(System.nanoTime() - before);
    }

    @Test
    void aServerThatHangsIsWaitedForOnceAndThenGivenOnlyAMoment() throws Exception {
        ServerAnswer[] answer = new ServerAnswer[1];
        assertThat(timeOf(answer)).isGreaterThanOrEqualTo(TIMEOUT);
        assertThat(answer[0].failure().finding()).isEqualTo(Finding.SOURCE_UNREACHABLE);
        assertThat(answer[0].failure().detail()).contains("db:5432").contains("700 ms");
        assertThat(timeOf(answer)).isLessThan(TIMEOUT);
        assertThat(answer[0].snapshot()).isNull();
        assertThat(questions).as("questions do not pile up").hasValue(1);
        assertThat(aborted).hasValue(1);
    }

    @Test
    void aLateAnswerIsNoObservationButTheServerIsWaitedForAgain() throws Exception {
        assertThat(observe().snapshot()).isNull();
        answers.release();
        ServerAnswer[] answer = new ServerAnswer[1];
        await().until(() -> timeOf(answer).compareTo(TIMEOUT) >= 0);
        assertThat(answer[0].snapshot()).isNull();
        assertThat(questions).hasValue(2);
    }

    @Test
    void aServerThatFailedOnceAndThenNeedsLongerThanAMomentIsWaitedForAgain() throws Exception {
        error = new SQLException("terminated", "57P01");
        answers.release();
        assertThat(observe().failure().detail()).contains("answered: terminated");
        error = null;
        assertThat(observe().snapshot()).as("no answer within a moment").isNull();
        answers.release();
        ServerAnswer[] answer = new ServerAnswer[1];
        await().until(() -> timeOf(answer).compareTo(TIMEOUT) >= 0);
        answers.release(1000);
        await().until(() -> observe().snapshot() != null);
    }

    @Test
    void aRefusedLoginIsNotTriedAtEveryObservation() throws Exception {
        error = new SQLException("password authentication failed", "28P01");
        answers.release(1000);
        for (int i = 0; i < 20; i++) {
            ServerAnswer answer = observe();
            assertThat(answer.failure().finding()).isEqualTo(Finding.NOT_AUTHORIZED);
        }
        assertThat(questions.get()).isBetween(2, 3);
    }
}
