package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.observe.connect.ConnectorListing.StateOf;
import io.cdcprogress.observe.connect.ConnectorListing.Status;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorStatesTest {
    private static Status status(String connector, String... tasks) {
        return new Status(
                new StateOf(connector, null),
                Stream.of(tasks).map(task -> new StateOf(task, null)).toList());
    }

    @ParameterizedTest(name = "{0} with tasks {1}: {2}, {3}")
    @CsvSource(delimiter = '|', nullValues = "?", textBlock = """
            RUNNING | RUNNING RUNNING    | RUNNING    | all run
            RUNNING | RUNNING FAILED     | FAILED     | one failed task is a failed connector
            FAILED  | RUNNING            | FAILED     | the connector itself may fail
            PAUSED  | PAUSED             | PAUSED     | as told
            PAUSED  | RUNNING            | PAUSED     | its tasks are about to
            RUNNING | UNASSIGNED         | UNASSIGNED | no worker has the task yet
            RUNNING | RESTARTING RUNNING | RESTARTING | as told
            RUNNING | SLEEPING           | ?          | a word of a later version
            """)
    void isTheWorstOfTheConnectorAndItsTasks(String connector, String tasks, State expected, String why) {
        assertThat(ConnectorStates.facts("c", status(connector, tasks.split(" ")))
                        .state())
                .as(why)
                .isEqualTo(expected);
    }

    @Test
    void withoutTasksNothingRuns() {
        assertThat(ConnectorStates.facts("c", status("RUNNING")).state()).isEqualTo(State.UNASSIGNED);
        assertThat(ConnectorStates.facts("c", status("STOPPED")).state()).isEqualTo(State.STOPPED);
        assertThat(ConnectorStates.facts("c", null)).isEqualTo(new ConnectorFacts("c", null, null));
    }

    @Test
    void theTraceIsThatOfTheFirstThatFailed() {
        Status status = new Status(
                new StateOf("RUNNING", null),
                List.of(
                        new StateOf("RUNNING", "old"),
                        new StateOf("FAILED", "a.B: stopped\n\tat x.y\nCaused by: c.D: denied\n\tat z")));
        assertThat(ConnectorStates.facts("c", status).reason()).isEqualTo("a.B: stopped (caused by c.D: denied)");
    }

    @Test
    void whoIsResumedAndStandsIsNotToldToBeResumed() {
        assertThat(ConnectorStates.facts("c", status("RUNNING", "RUNNING", "PAUSED")))
                .isEqualTo(
                        new ConnectorFacts("c", State.PAUSED, "it was resumed, but a task of it has not begun again"));
        assertThat(ConnectorStates.facts("c", status("PAUSED", "PAUSED")).reason())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            X: jdbc:postgresql://u:hush@db/shop?password=hush&ssl=true refused | X: jdbc:postgresql://***@db/shop?password=***&ssl=true refused
            X: login {"api_key": "hush hush", "a": 1}                          | X: login {"api_key": ***, "a": 1}
            X: sasl username='u' password='hush'                                | X: sasl username='u' password=***
            X: aws_secret_access_key=AKIA1 refused                             | X: aws_secret_access_key=*** refused
            X: SharedAccessKey=abc= is wrong                                   | X: SharedAccessKey=*** is wrong
            X: Authorization: Bearer eyJ.a-b_c= refused                        | X: Authorization: Bearer *** refused
            X: postgres://u:p/w@h/db and mongodb://u:p@ss@h                    | X: postgres://***@h/db and mongodb://***@h
            X: Invalid value hush hush for configuration database.password: no | X: Invalid value *** for configuration database.password: ***
            """)
    void whatLooksLikeASecretIsLeftOut(String trace, String shown) {
        assertThat(Traces.summary(trace)).isEqualTo(shown);
    }

    @Test
    void aLongLineIsCut() {
        assertThat(Traces.summary("x".repeat(5000))).hasSize(243).endsWith("...");
        assertThat(Traces.summary("")).isNull();
    }

    @Test
    void theDeepestCauseThatSaysAnythingIsShown() {
        String trace =
                "a.B: stopped\n\tat x.y\nCaused by: c.D: no log in for role\n\tat z\nCaused by: java.io.EOFException\n\tat z";
        assertThat(Traces.summary(trace)).isEqualTo("a.B: stopped (caused by c.D: no log in for role)");
    }
}
