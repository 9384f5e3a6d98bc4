package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.WalPoint;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class WalClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final WalClock clock = new WalClock();

    private static WalPoint point(long lsn, long seconds) {
        return new WalPoint(new Lsn(lsn), START.plusSeconds(seconds));
    }

    @Test
    void tellsWhenNothingBeyondAPositionHadBeenCommitted() {
        clock.sample(point(100, 0));
        clock.sample(point(200, 10));
        clock.sample(point(300, 20));

        assertThat(clock.notBeyond(new Lsn(99))).isNull();
        assertThat(clock.notBeyond(new Lsn(100))).isEqualTo(START);
        assertThat(clock.notBeyond(new Lsn(299))).isEqualTo(START.plusSeconds(10));
        assertThat(clock.notBeyond(new Lsn(300))).isEqualTo(START.plusSeconds(20));
    }

    @Test
    void aPositionThatStandsStillIsPassedAtItsLastSample() {
        clock.sample(point(100, 0));
        clock.sample(point(100, 50));

        assertThat(clock.notBeyond(new Lsn(100))).isEqualTo(START.plusSeconds(50));
    }

    /** Over two weeks of samples every minute: few points, and never a time later than the true one. */
    @Test
    void keepsFewPointsForTwoWeeksAndNeverMakesAnythingYounger() {
        SplittableRandom random = new SplittableRandom(4711);
        TreeMap<Long, Instant> written = new TreeMap<>();
        long lsn = 1;
        long now = 0;
        while (now < Duration.ofDays(14).toSeconds()) {
            clock.sample(point(lsn, now));
            lsn += random.nextInt(4) == 0 ? 0 : random.nextLong(1, 10_000);
            now += 60;
            written.put(lsn, START.plusSeconds(now)); // committed at the latest then, and after the sample before
        }
        assertThat(clock.kept().size()).as("kept over a restart").isBetween(10, 80);
        assertThat(written.keySet().stream()
                        .map(position -> clock.notBeyond(new Lsn(position)))
                        .distinct())
                .as("of 20,160 samples")
                .hasSizeBetween(50, 1_000);

        Instant end = START.plusSeconds(now);
        for (long back : new long[] {120, 600, 3_600, 86_400, 6 * 86_400}) {
            Instant at = end.minusSeconds(back);
            long position = written.entrySet().stream()
                    .filter(entry -> !entry.getValue().isAfter(at))
                    .reduce((one, other) -> other)
                    .orElseThrow()
                    .getKey();
            Instant told = clock.notBeyond(new Lsn(position));
            assertThat(told).as("%d s back", back).isNotNull().isBeforeOrEqualTo(at);
            assertThat(Duration.between(told, at).toSeconds())
                    .as("%d s back", back)
                    .isLessThan(120 + back / 8);
        }
    }

    /** Two points lie up to a thirty-second of their age apart: some 64 ln(604,800 / 64) of them, and the latest ones. */
    @Test
    void keepsLessThanAThousandPointsInAWeekOfSamplesEverySecond() {
        for (int second = 0; second < Duration.ofDays(7).toSeconds(); second++) {
            clock.sample(point(100L * second, second));
            assertThat(clock.size()).as("after %d s", second).isLessThan(1_000);
        }
        assertThat(clock.size()).isGreaterThan(100);
        assertThat(clock.kept().size()).as("over a restart").isLessThan(80);
    }

    @Test
    void goesOnFromWhatWasKept() {
        for (int i = 0; i < 1_000; i++) {
            clock.sample(point(i, i));
        }
        WalClock resumed = new WalClock();
        resumed.resume(clock.kept());
        resumed.sample(point(2_000, 1_010));

        assertThat(resumed.notBeyond(new Lsn(999))).isEqualTo(START.plusSeconds(999));
        assertThat(resumed.notBeyond(new Lsn(500))).isBeforeOrEqualTo(START.plusSeconds(500));
    }

    @Test
    void whatIsSampledAlreadyIsNotReplacedByWhatWasKept() {
        clock.sample(point(500, 500));
        clock.resume(List.of(point(100, 900)));

        assertThat(clock.notBeyond(new Lsn(500))).isEqualTo(START.plusSeconds(500));
    }

    @Test
    void samplesOfTheFutureAreForgottenWhenTheClockIsSetBack() {
        clock.sample(point(100, 0));
        clock.sample(point(200, 1_000));
        clock.sample(point(300, 10));

        assertThat(clock.notBeyond(new Lsn(250))).isEqualTo(START);
        assertThat(clock.notBeyond(new Lsn(300))).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void aWalThatWentBackIsAnotherOne() {
        clock.sample(point(300, 0));
        clock.sample(point(100, 10));

        assertThat(clock.notBeyond(new Lsn(99))).isNull();
        assertThat(clock.notBeyond(new Lsn(400))).isEqualTo(START.plusSeconds(10));
    }
}
