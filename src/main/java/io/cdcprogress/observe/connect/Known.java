package io.cdcprogress.observe.connect;

import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SourceConnectorFacts;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What Connect has told so far. Nothing of it is lost when a later request fails.
 *
 * @param clusterId null if not told
 * @param clusterFailure why it is not told; null for none, as all failures here
 * @param sources by connector; empty until the first listing
 * @param sinkConnectors by sink group; one that was deleted stays in it as MISSING
 * @param listedAt {@link System#nanoTime} before the listing was asked for
 * @param offsets by connector; one whose offsets were never asked for is not in it
 */
record Known(
        String clusterId,
        Failure clusterFailure,
        Map<String, SourceFacts> sources,
        Map<String, ConfiguredTopics> sinkTopics,
        Map<String, ConnectorFacts> sinkConnectors,
        long listedAt,
        Failure listingFailure,
        Map<String, Stored> offsets) {
    /**
     * @param commit null where it is not read, or nothing has been streamed
     * @param askedAt {@link System#nanoTime} before it was asked for
     */
    record Stored(boolean read, Lsn commit, long askedAt, Failure failure) {
        static final Stored NONE = new Stored(
                false, null, 0, new Failure(Finding.POSITION_UNKNOWN, "its stored offset has not been read yet"));
    }

    /** @param why for as long as nothing has been answered */
    static Known nothing(Failure why) {
        return new Known(null, null, Map.of(), Map.of(), Map.of(), 0, why, Map.of());
    }

    Known {
        sources = Map.copyOf(sources);
        sinkTopics = Map.copyOf(sinkTopics);
        sinkConnectors = Map.copyOf(sinkConnectors);
        offsets = Map.copyOf(offsets);
    }

    Known cluster(String id, Failure failure) {
        return new Known(id, failure, sources, sinkTopics, sinkConnectors, listedAt, listingFailure, offsets);
    }

    Known listing(
            Map<String, SourceFacts> listed,
            Map<String, ConfiguredTopics> topics,
            Map<String, ConnectorFacts> sinks,
            long askedAt) {
        return new Known(clusterId, clusterFailure, listed, topics, sinks, askedAt, null, offsets);
    }

    /** What does not go stale: settings, and offsets that were stored. */
    Known withoutStates() {
        Map<String, SourceFacts> stateless = new HashMap<>();
        sources.forEach((name, source) -> stateless.put(name, source.with(null)));
        return new Known(clusterId, clusterFailure, stateless, sinkTopics, Map.of(), listedAt, listingFailure, offsets);
    }

    Known notListed(Failure failure) {
        return new Known(clusterId, clusterFailure, sources, sinkTopics, sinkConnectors, listedAt, failure, offsets);
    }

    Known offsets(String connector, Stored stored) {
        Map<String, Stored> more = new HashMap<>(offsets);
        more.put(connector, stored);
        return new Known(
                clusterId, clusterFailure, sources, sinkTopics, sinkConnectors, listedAt, listingFailure, more);
    }

    Stored stored(String connector) {
        return offsets.getOrDefault(connector, Stored.NONE);
    }

    /** Null if no listing has told. */
    SourceFacts source(String connector) {
        return sources.get(connector);
    }

    /** @param key the configuration's key that names the connector */
    SourceConnectorFacts facts(String connector, String key) {
        SourceFacts source = source(connector);
        Stored stored = stored(connector);
        Failure missing = source == null || source.present()
                ? null
                : new Failure(
                        Finding.POSITION_UNKNOWN,
                        "Connect has no connector " + connector + ": correct " + key + ", or create it");
        return new SourceConnectorFacts(
                true,
                stored.read(),
                stored.commit(),
                stored.askedAt(),
                source == null ? null : source.connector(),
                listedAt,
                source == null ? null : source.heartbeats(),
                source == null ? null : source.confirmsStored(),
                source == null ? null : source.distrust(),
                Stream.of(listingFailure, missing, stored.failure(), clusterFailure)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null));
    }
}
