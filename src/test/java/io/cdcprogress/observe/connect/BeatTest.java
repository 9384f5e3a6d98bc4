package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class BeatTest {
    private static final Duration TEN = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
    private final Beat beat = new Beat(nanos::get);

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    @Test
    void isDueAtFirstAndThenOncePerBeat() {
        assertThat(beat.due()).isTrue();
        beat.next(TEN);
        pass(9_700);
        assertThat(beat.due()).isFalse();
        pass(300);
        assertThat(beat.due()).isTrue();
    }

    @Test
    void anObservationThatComesAMomentEarlyDoesNotWaitForAnotherBeat() {
        beat.next(TEN);
        pass(9_990);
        assertThat(beat.due()).isTrue();
    }

    @Test
    void gainsNothingByComingEarly() {
        int asked = 0;
        for (int millis = 0; millis < 600_000; millis += 10) {
            if (beat.due()) {
                asked++;
                beat.next(TEN);
            }
            pass(10);
        }
        assertThat(asked).as("in ten minutes").isLessThanOrEqualTo(61);
    }

    @Test
    void comesSoonerWhileItFailsAndDoublesUpToTheLimit() {
        for (int seconds : new int[] {1, 2, 4, 8, 10, 10, 10}) {
            beat.failed(TEN);
            pass(seconds * 1000L - 1);
            assertThat(beat.due()).as("%s s", seconds).isFalse();
            pass(1);
            assertThat(beat.due()).as("%s s", seconds).isTrue();
        }
        beat.next(TEN);
        beat.failed(TEN);
        pass(1000);
        assertThat(beat.due()).as("a success is forgotten").isTrue();
    }
}
