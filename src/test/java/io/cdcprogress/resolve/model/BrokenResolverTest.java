package io.cdcprogress.resolve.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests of the model test: a resolver that is broken in one of the ways that suggest themselves is caught. */
class BrokenResolverTest {
    @ParameterizedTest(name = "{0}: {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # break                    | scenario      | histories | says        | why
            LSN_FOR_BOUND              | PLAIN         | 60        | by the rules | LSNs of single changes order nothing
            ENDS_BEFORE_FRONTIER       | LATE_MARKERS  | 120       | proven       | what F covers may lie beyond the ends
            FORWARD_OVER_TOMBSTONE     | IN_FLIGHT     | 60        | proven       | the change before it is unconsumed
            ONE_LEFT_IS_DRAINED        | PLAIN         | 20        | drained      | one record looks like one marker
            ANY_LEFT_IS_LAG            | LATE_MARKERS  | 20        | calm         | behind a marker it stays one for ever
            NO_FRONTIER                | IN_FLIGHT     | 20        | proven       | drained topics may still receive
            STABLE_END                 | LATE_MARKERS  | 30        | proven       | the source offset comes before the markers
            NEW_PARTITION_LEFT_OUT     | TOPICS_APPEAR | 30        | proven       | its records wait, too
            HEADS_OF_ANOTHER_WALSENDER | CRASH_REPLAY  | 250       | INFERRED     | what the dead one had in flight is lost
            """)
    void isCaught(Break broken, Scenario scenario, int histories, String says, String why) {
        Optional<History.Outcome> caught = LongStream.rangeClosed(1, histories)
                .mapToObj(seed -> History.run(scenario, seed, broken))
                .filter(outcome -> outcome.violations().stream().anyMatch(violation -> violation.contains(says)))
                .findFirst();

        assertThat(caught)
                .as("%s within %d histories of %s: %s", broken, histories, scenario, why)
                .isPresent();
    }
}
