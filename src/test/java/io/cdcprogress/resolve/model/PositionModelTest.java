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
 * -Dmodel.histories=25} one seed in every scenario.
 */
class PositionModelTest {
    private static final int PER_SCENARIO = Integer.getInteger("model.histories", 3250) / Scenario.values().length;
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

    /** Each claimed something false before what it shows was mended. */
    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            QUEUE_STALLS    | 644  | a heartbeat has to be a settle time old itself
            PAUSE           | 903  | a heartbeat has to be a settle time old itself
            REST_FAILS      | 150  | a heartbeat has to be a settle time old itself
            RARE_HEARTBEATS | 2031 | others have to come after it, for it may have been on its way
            RARE_HEARTBEATS | 1222 | others have to come after it, for it may have been on its way
            SLOW_BROKER     | 3836 | what comes after a silence may have come just now
            SLOW_BROKER     | 4294 | what comes after a silence may have come just now
            EVERYTHING      | 1815 | a record behind a compacted gap bounds nothing
            EVERYTHING      | 2809 | topics that appear do not undo what was proven
            """)
    void historiesThatWereToldFalselyAreToldTruly(Scenario scenario, long seed, String why) {
        History.Outcome outcome = History.run(scenario, seed, Break.NONE);

        assertThat(outcome.violations()).as(why + "\n" + outcome.story()).isEmpty();
        assertThat(outcome.proven()).isPositive();
    }

    /** A resolver that says nothing would claim nothing that is false. */
    @Test
    void mostObservationsTellAPositionAndCalmOnesReachTheSource() {
        Tally tally = Tally.of(histories(Scenario.PLAIN, 60));

        assertThat(tally.proven()).isGreaterThan(tally.observations() * 3 / 4);
        assertThat(tally.inferred()).isGreaterThan(tally.observations() / 10);
        assertThat(tally.compared()).isGreaterThan(tally.observations() * 9 / 10);
        assertThat(tally.exactAges()).isGreaterThan(tally.observations() / 10);
        assertThat(tally.caughtUp()).isGreaterThan(30);
    }

    /** The rows of the table where a position stays, steps back or begins anew are told by the letter, too. */
    @ParameterizedTest
    @EnumSource(names = {"COMPACTION", "RETENTION", "RECREATION", "UNREAD", "EVERYTHING", "REWINDS", "LATE_MARKERS"})
    void whatIsProvenIsComparedWithTheRulesInMostObservations(Scenario scenario) {
        Tally tally = Tally.of(histories(scenario, 30));

        int least = scenario.is(Scenario.UNREAD, Scenario.EVERYTHING) ? 3 : 8; // tenths
        assertThat(tally.compared()).isGreaterThan(tally.observations() * least / 10);
        assertThat(tally.exact()).isGreaterThan(tally.compared() * 9 / 10);
    }

    @Test
    void theSameSeedGivesTheSameHistory() {
        IntStream.rangeClosed(1, 5)
                .forEach(seed -> assertThat(History.run(Scenario.EVERYTHING, seed, Break.NONE))
                        .isEqualTo(History.run(Scenario.EVERYTHING, seed, Break.NONE)));
    }
}
