package io.cdcprogress.model;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What Connect REST gave. Everything in it is at most as old as its beat allows, and was read before it is returned.
 *
 * @param kafkaClusterId the cluster that the workers write to; null where it was not told
 * @param sources by the pipeline's name; every pipeline is in it
 * @param sinkTopics by sink group: what the sink connector of that group is configured to consume; a group that is not a
 *     connector's, or whose connector is not known, is not in it
 * @param sinkConnectors by sink group: the connector whose group it is, or was until it was deleted; a group that is not a
 *     connector's is not in it
 * @param listedAt {@link System#nanoTime} before the states of the connectors were asked for
 */
public record ConnectObservation(
        String kafkaClusterId,
        Map<String, SourceConnectorFacts> sources,
        Map<String, ConfiguredTopics> sinkTopics,
        Map<String, ConnectorFacts> sinkConnectors,
        long listedAt) {
    public ConnectObservation {
        sources = Map.copyOf(sources);
        sinkTopics = Map.copyOf(sinkTopics);
        sinkConnectors = Map.copyOf(sinkConnectors);
    }

    /** Where Connect is not asked for anything. */
    public static ConnectObservation notAsked(Collection<Pipeline> pipelines) {
        Map<String, SourceConnectorFacts> sources = new HashMap<>();
        pipelines.forEach(pipeline -> sources.put(pipeline.name(), SourceConnectorFacts.NOT_ASKED));
        return new ConnectObservation(null, sources, Map.of(), Map.of(), 0);
    }
}
