package io.cdcprogress.evaluate;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;

/** Words for what Connect says of a connector. */
final class Connectors {
    private Connectors() {}

    static boolean is(ConnectorFacts connector, State... states) {
        if (connector == null) {
            return false;
        }
        for (State state : states) {
            if (connector.is(state)) {
                return true;
            }
        }
        return false;
    }

    /** The state that Connect tells, and why, where it does. */
    static String told(ConnectorFacts connector, String kind) {
        return kind + " " + connector.name() + " is " + connector.state()
                + (connector.reason() == null ? "" : ": " + connector.reason());
    }

    /** As a part of a sentence that goes on; empty where Connect does not tell. */
    static String why(ConnectorFacts connector, String kind) {
        if (connector == null || connector.state() == null) {
            return "";
        }
        String state = connector.is(State.MISSING)
                ? "Connect has no " + kind + " " + connector.name() + " any more"
                : told(connector, kind);
        return "; " + state;
    }

    /** What to do that it runs again. */
    static String restart(ConnectorFacts connector, String what) {
        if (connector == null || connector.state() == null) {
            return "start or restart " + what;
        }
        String path = "/connectors/" + connector.name();
        return switch (connector.state()) {
            case FAILED -> "mend that, then POST " + path + "/restart?includeTasks=true&onlyFailed=true";
            case PAUSED, STOPPED ->
                connector.reason() == null
                        ? "if that is not meant, PUT " + path + "/resume"
                        : "see the log of its worker: it may hang as it starts";
            case MISSING -> "create it again, or drop what it has left (its slot, its group)";
            case RUNNING ->
                "see the log of its worker: by Connect's account it runs; POST " + path + "/restart?includeTasks=true";
            case RESTARTING, UNASSIGNED -> "wait for Connect to give it to a worker, or look why none takes it";
        };
    }
}
