package io.cdcprogress.observe.connect;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.observe.connect.ConnectorListing.StateOf;
import io.cdcprogress.observe.connect.ConnectorListing.Status;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** One state of a connector and all its tasks. */
final class ConnectorStates {
    private ConnectorStates() {}

    static ConnectorFacts facts(String name, Status status) {
        if (status == null || status.connector() == null || status.tasks() == null) {
            return new ConnectorFacts(name, null, null);
        }
        List<StateOf> all = Stream.concat(Stream.of(status.connector()), status.tasks().stream())
                .toList();
        List<State> states = all.stream().map(part -> state(part.state())).toList();
        State worst = states.stream().anyMatch(Objects::isNull)
                ? null
                : states.stream().min(Comparator.naturalOrder()).orElseThrow();
        if (worst == State.RUNNING && status.tasks().isEmpty()) {
            // The connector runs before its tasks are there, and without any it moves nothing.
            worst = State.UNASSIGNED;
        }
        String trace = all.stream()
                .filter(part -> State.FAILED.name().equals(part.state()))
                .map(StateOf::trace)
                .filter(Objects::nonNull)
                .map(Traces::summary)
                .findFirst()
                .orElse(null);
        return new ConnectorFacts(name, worst, trace == null ? resumed(worst, status) : trace);
    }

    /** Connect changes the connector's state first: a task that hangs as it starts says what it was before. */
    private static String resumed(State worst, Status status) {
        boolean stands = worst == State.PAUSED || worst == State.STOPPED;
        return stands && state(status.connector().state()) == State.RUNNING
                ? "it was resumed, but a task of it has not begun again"
                : null;
    }

    /** Null for a state that a later version of Connect may know. */
    private static State state(String written) {
        return Stream.of(State.values())
                .filter(state -> state != State.MISSING && state.name().equals(written))
                .findFirst()
                .orElse(null);
    }

    /** Of two connectors that share a group. One that was deleted counts only where no other has the group. */
    static ConnectorFacts worse(ConnectorFacts one, ConnectorFacts other) {
        if (one.state() == null || other.state() == null) {
            return one.state() == null ? one : other;
        }
        return one.state().compareTo(other.state()) <= 0 ? one : other;
    }
}
