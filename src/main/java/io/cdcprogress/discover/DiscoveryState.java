package io.cdcprogress.discover;

import io.cdcprogress.model.ListedConnectors;
import io.cdcprogress.model.ListedConnectors.Sink;
import io.cdcprogress.model.ListedConnectors.Source;
import io.cdcprogress.model.ListedGroups;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What one look after the other has told. Does no I/O; for one thread. */
final class DiscoveryState {
    private final DiscoveryRules rules;
    private final Retained<Source> sources = new Retained<>();
    private final Retained<Sink> sinks = new Retained<>();
    private final Retained<Boolean> groups = new Retained<>();
    private Discovered first;
    private boolean begun;

    DiscoveryState(DiscoveryRules rules) {
        this.rules = rules;
    }

    /**
     * Takes in listings of which none has failed whole.
     *
     * @return null until two complete looks in a row have told the same: a worker that is just starting may list less than
     *     there is
     */
    Discovered next(ListedConnectors connectors, ListedGroups listedGroups, long now) {
        Map<String, Source> knownSources = sources.listed(connectors.sources(), connectors.unread(), now);
        Map<String, Sink> knownSinks = sinks.listed(connectors.sinks(), connectors.unread(), now);
        PipelineFinder finder = new PipelineFinder(knownSinks, groups(listedGroups, now), rules);
        Discovered found = rules.discovers() ? finder.all(knownSources) : finder.named(rules.names());
        boolean complete = connectors.unread().isEmpty() && listedGroups.failure() == null;
        begun |= complete && first != null && found.pipelines().equals(first.pipelines());
        first = complete ? found : first;
        return begun ? found : null;
    }

    /** A group that some broker did not tell of may still be there. */
    private Set<String> groups(ListedGroups listed, long now) {
        Map<String, Boolean> names = listed.names().stream().collect(Collectors.toMap(name -> name, name -> true));
        Set<String> there = listed.failure() == null ? Set.of() : groups.known();
        return groups.listed(names, there, now).keySet();
    }
}
