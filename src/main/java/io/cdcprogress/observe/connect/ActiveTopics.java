package io.cdcprogress.observe.connect;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The answer to {@code GET /connectors/{name}/topics}: topics that it has written to or read from since it was created. */
record ActiveTopics(Set<String> names) {
    record OfConnector(List<String> topics) {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ActiveTopics of(Map<String, OfConnector> connectors) {
        Set<String> names = new HashSet<>();
        connectors.values().forEach(connector -> {
            if (connector == null || connector.topics == null) {
                throw new IllegalArgumentException("no topics in the answer");
            }
            names.addAll(connector.topics);
        });
        return new ActiveTopics(names);
    }
}
