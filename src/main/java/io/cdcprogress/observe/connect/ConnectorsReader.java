package io.cdcprogress.observe.connect;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ListedConnectors;
import io.cdcprogress.model.ListedConnectors.Sink;
import io.cdcprogress.model.ListedConnectors.Source;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists the connectors that pipelines are made of. Waits for answers: for a thread that may. */
public final class ConnectorsReader {
    private final ConnectRequests requests;
    private final ActiveTopicsReader topics;

    /** @param timeout what a worker is given to answer one request */
    public ConnectorsReader(ConnectSettings settings, Duration timeout) {
        this(settings, timeout, System::nanoTime);
    }

    ConnectorsReader(ConnectSettings settings, Duration timeout, LongSupplier nanoTime) {
        this.requests = new ConnectRequests(settings, timeout);
        this.topics = new ActiveTopicsReader(requests, nanoTime);
    }

    /** One listing, and the active topics that are due. Failures are in it. */
    public ListedConnectors read() throws InterruptedException {
        Answer<DiscoveryListing> answer = requests.get(DiscoveryListing.PATH, DiscoveryListing.class);
        if (answer.failed()) {
            return ListedConnectors.failed(answer.failure());
        }
        DiscoveryListing listing = answer.value();
        Map<String, ConfiguredTopics> configured = new HashMap<>();
        listing.sinks.forEach((name, config) -> configured.put(name, config.configuredTopics()));
        // What a sink is configured to read tells more than what it has read: that may be long ago.
        Set<String> asked = Stream.concat(
                        listing.sources.keySet().stream(),
                        listing.sources.isEmpty()
                                ? Stream.of()
                                : listing.sinks.keySet().stream().filter(name -> configured.get(name) == null))
                .collect(Collectors.toSet());
        Set<String> unread = new HashSet<>(listing.untold);
        unread.addAll(askTopics(asked));
        Map<String, Source> sources = new LinkedHashMap<>();
        listing.sources.forEach((name, config) -> {
            if (!unread.contains(name)) {
                sources.put(name, source(config, topics.topics(name)));
            }
        });
        Map<String, Sink> sinks = new LinkedHashMap<>();
        listing.sinks.forEach((name, config) -> {
            if (!unread.contains(name)) {
                sinks.put(name, new Sink(config.groupId(), configured.get(name), topics.topics(name)));
            }
        });
        return new ListedConnectors(sources, sinks, unread, null);
    }

    /** Those of which nothing is known for want of an answer. */
    private Set<String> askTopics(Set<String> connectors) throws InterruptedException {
        topics.keep(connectors);
        for (String connector : connectors) {
            if (!topics.ask(connector)) {
                break;
            }
        }
        return connectors.stream().filter(name -> !topics.answered(name)).collect(Collectors.toSet());
    }

    private static Source source(DiscoveryListing.Config config, Set<String> topics) {
        return new Source(
                config.slotName(),
                config.topicPrefix(),
                config.heartbeatPrefix(),
                config.hostname(),
                config.port(),
                config.dbname(),
                topics);
    }
}
