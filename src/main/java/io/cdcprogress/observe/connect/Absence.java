package io.cdcprogress.observe.connect;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Whether a connector that a listing leaves out is gone for certain: a worker that is just starting lists less than there is,
 * and none lists a connector that has no status yet. For one thread.
 */
final class Absence {
    /** Longer than from one listing to the next: a third must be without it. */
    private static final Duration CERTAIN = Duration.ofSeconds(15);

    /** When the first listing was asked for that was without it, by its name. */
    private final Map<String, Long> since = new HashMap<>();

    /** With an unknown state until its absence is certain. */
    ConnectorFacts confirmed(ConnectorFacts facts, long askedAt) {
        if (!facts.is(State.MISSING)) {
            since.remove(facts.name());
            return facts;
        }
        boolean certain = askedAt - since.computeIfAbsent(facts.name(), first -> askedAt) >= CERTAIN.toNanos();
        return certain ? facts : new ConnectorFacts(facts.name(), null, null);
    }

    Map<String, ConnectorFacts> confirmed(Map<String, ConnectorFacts> byGroup, long askedAt) {
        Map<String, ConnectorFacts> confirmed = new HashMap<>();
        byGroup.forEach((group, facts) -> confirmed.put(group, confirmed(facts, askedAt)));
        return confirmed;
    }
}
