package io.cdcprogress.resolve.model;

import java.util.Collection;
import java.util.function.ToIntFunction;

/** What came of many histories. */
record Tally(
        int histories,
        int observations,
        int proven,
        int inferred,
        int falseProven,
        int falseInferred,
        int compared,
        int exact,
        int exactAges,
        int caughtUp) {
    static Tally of(Collection<History.Outcome> outcomes) {
        return new Tally(
                outcomes.size(),
                sum(outcomes, History.Outcome::observations),
                sum(outcomes, History.Outcome::proven),
                sum(outcomes, History.Outcome::inferred),
                sum(outcomes, History.Outcome::falseProven),
                sum(outcomes, History.Outcome::falseInferred),
                sum(outcomes, History.Outcome::compared),
                sum(outcomes, History.Outcome::exact),
                sum(outcomes, History.Outcome::exactAges),
                sum(outcomes, outcome -> Boolean.TRUE.equals(outcome.caughtUp()) ? 1 : 0));
    }

    private static int sum(Collection<History.Outcome> outcomes, ToIntFunction<History.Outcome> what) {
        return outcomes.stream().mapToInt(what).sum();
    }
}
