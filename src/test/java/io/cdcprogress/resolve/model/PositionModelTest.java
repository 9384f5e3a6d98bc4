package io.cdcprogress.resolve.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of histories of a made-up world, and in each what {@link io.cdcprogress.resolve.PositionResolver} says of it,
 * against what was so. {@code -Dmodel.histories=100000} tries more of them, {@code -Dmodel.seed=4711
 * -Dmodel.histories=24} one seed in every scenario.
 */
class PositionModelTest {
    private static final int PER_SCENARIO = Integer.getInteger("model.histories", 3120) / Scenario.values().length;
    private static final long FIRST_SEED = Long.getLong("model.seed", 1);

    private static List<History.Outcome> histories(Scenario scenario, int number) {
        return LongStream.range(FIRST_SEED, FIRST_SEED + number)
                .parallel()
                .mapToObj(seed -> History.run(scenario, seed, Break.NONE))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void nothingThatIsClaimedIsFalse(Scenario scenario) {
        List<History.Outcome> outcomes = histories(scenario, Math.max(1, PER_SCENARIO));

        List<History.Outcome> wrong = outcomes.stream()
                .filter(outcome -> !outcome.violations().isEmpty())
                .toList();
        System.out.println(scenario + ": " + Tally.of(outcomes));
        assertThat(wrong.stream().limit(2).map(History.Outcome::story))
                .as("%d of %d histories, the first of which:", wrong.size(), outcomes.size())
                .isEmpty();
    }

    /** Each inferred something false before a heartbeat had to be a settle time old itself. */
    @ParameterizedTest
    @CsvSource({"QUEUE_STALLS, 644", "PAUSE, 903", "REST_FAILS, 150"})
    void historiesThatWereToldFalselyOnceAreToldTruly(Scenario scenario, long seed) {
        History.Outcome outcome = History.run(scenario, seed, Break.NONE);

        assertThat(outcome.violations()).as(outcome.story()).isEmpty();
        assertThat(outcome.inferred()).isPositive();
    }

    /** A resolver that says nothing would claim nothing that is false. */
    @Test
    void mostObservationsTellAPositionAndCalmOnesReachTheSource() {
        Tally tally = Tally.of(histories(Scenario.PLAIN, 60));

        assertThat(tally.proven()).isGreaterThan(tally.observations() * 3 / 4);
        assertThat(tally.inferred()).isGreaterThan(tally.observations() / 10);
        assertThat(tally.compared()).isGreaterThan(tally.observations() / 4);
        assertThat(tally.exactAges()).isGreaterThan(tally.observations() / 10);
        assertThat(tally.caughtUp()).isGreaterThan(30);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        IntStream.rangeClosed(1, 5)
                .forEach(seed -> assertThat(History.run(Scenario.EVERYTHING, seed, Break.NONE))
                        .isEqualTo(History.run(Scenario.EVERYTHING, seed, Break.NONE)));
    }
}
