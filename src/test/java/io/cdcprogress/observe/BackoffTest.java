package io.cdcprogress.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BackoffTest {
    private static final Duration LONGEST = Duration.ofSeconds(5);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Backoff backoff = new Backoff(nanos::get);

    /** How many seconds pass until the next try is due, after one more failure. */
    private int secondsAfterFailure() {
        backoff.failed(LONGEST);
        int seconds = 0;
        while (!backoff.due()) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            seconds++;
        }
        return seconds;
    }

    @Test
    void isDueAtFirstAndAgainAtOnceAfterAFirstFailure() {
        assertThat(backoff.due()).isTrue();
        assertThat(secondsAfterFailure()).isZero();
    }

    @Test
    void doublesUpToTheLimit() {
        secondsAfterFailure();
        assertThat(secondsAfterFailure()).isEqualTo(1);
        assertThat(secondsAfterFailure()).isEqualTo(2);
        assertThat(secondsAfterFailure()).isEqualTo(4);
        for (int i = 0; i < 100; i++) {
            assertThat(secondsAfterFailure()).isEqualTo(5);
        }
    }

    @Test
    void forgetsItsFailuresAfterASuccess() {
        for (int i = 0; i < 5; i++) {
            secondsAfterFailure();
        }
        backoff.succeeded();
        assertThat(backoff.due()).isTrue();
        assertThat(secondsAfterFailure()).isZero();
    }
}
