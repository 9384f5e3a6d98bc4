package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CounterTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private static Instant at(double seconds) {
        return START.plusMillis(Math.round(seconds * 1000));
    }

    @Test
    void anEvenFlowHasItsPaceWhateverTheJitterOfTheObservations() {
        long seed = System.nanoTime();
        System.out.println("CounterTest seed " + seed);
        Random random = new Random(seed);
        Counter counter = Counter.NONE;
        double now = 0;
        for (int i = 0; i < 500; i++) {
            now += 0.1 + random.nextDouble() * 3;
            counter = counter.at(at(now), Math.round(now * 1000));
            if (now > 15) {
                assertThat(counter.perSecond()).as("seed " + seed).isCloseTo(1000, within(1.0));
            }
        }
        assertThat(counter.moves().size()).isLessThan(70);
    }

    @Test
    void aPaceOfLessThanTenSecondsIsChance() {
        Counter counter = Counter.NONE.at(at(0), 0).at(at(9), 900);
        assertThat(counter.perSecond()).isNull();
        assertThat(counter.at(at(10), 1000).perSecond()).isEqualTo(100);
    }

    @Test
    void followsAChangeWithinAMinute() {
        Counter counter = Counter.NONE;
        for (int second = 0; second <= 300; second++) {
            counter = counter.at(at(second), second < 200 ? second * 10L : 2000 + (second - 200) * 500L);
        }
        assertThat(counter.perSecond()).isEqualTo(500);
        for (int second = 301; second <= 361; second++) {
            counter = counter.at(at(second), counter.last().value());
        }
        assertThat(counter.perSecond()).as("it stands").isZero();
    }

    @Test
    void jumpsOnceAMinuteAreAnEvenFlow() {
        Counter counter = Counter.NONE;
        for (int second = 0; second <= 900; second++) {
            // Commits at 27, 87, 147 ... of all that came until then, and before this began.
            counter = counter.at(at(second), second < 27 ? 0 : (second - 27) / 60 * 6000L + 6000);
            if (second >= 147) {
                assertThat(counter.perSecond(PATIENCE)).as("second " + second).isCloseTo(100, within(0.01));
            } else if (second > 27 && second < 87) {
                assertThat(counter.perSecond(PATIENCE)).as("one jump").isNull();
            }
        }
        for (int second = 901; second <= 1100; second++) {
            counter = counter.at(at(second), counter.last().value());
        }
        assertThat(counter.perSecond(PATIENCE)).as("longer than patience").isZero();
    }

    @Test
    void whatGoesBackBeginsAnew() {
        Counter counter = Counter.NONE.at(at(0), 0).at(at(20), 2000);
        assertThat(counter.at(at(21), 5).perSecond()).as("the number").isNull();
        assertThat(counter.at(at(5), 3000).perSecond()).as("the clock").isNull();
        assertThat(counter.at(at(21), 5).at(at(31), 15).perSecond()).isEqualTo(1);
    }

    @Test
    void observationsRarerThanAMinuteGiveThePaceBetweenTwo() {
        Counter counter = Counter.NONE.at(at(0), 0).at(at(300), 3000).at(at(600), 9000);
        assertThat(counter.perSecond()).isEqualTo(20);
    }

    @Test
    void nothingKnownIsNoPace() {
        assertThat(Counter.NONE.perSecond()).isNull();
        assertThat(Counter.NONE.perSecond(PATIENCE)).isNull();
        assertThat(Counter.NONE.at(at(0), 7).perSecond(PATIENCE)).isNull();
    }
}
