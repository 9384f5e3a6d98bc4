package io.cdcprogress.model;

import java.util.Map;
import java.util.Set;

/**
 * What one look at Connect gave of connectors that pipelines are made of. Values are as they are written: a {@code
 * ${provider:...}} reference is one still.
 *
 * @param sources Debezium's PostgreSQL connectors, by name
 * @param sinks sink connectors, by name
 * @param unread names of connectors that are there and of which something was not told: what was known before stands
 * @param failure why nothing was told; null if something was. Then all else is empty
 */
public record ListedConnectors(
        Map<String, Source> sources, Map<String, Sink> sinks, Set<String> unread, Failure failure) {
    /**
     * Its settings; null where one is not written.
     *
     * @param topics names that it has written to; null where Connect does not tell
     */
    public record Source(
            String slotName,
            String topicPrefix,
            String heartbeatPrefix,
            String hostname,
            String port,
            String dbname,
            Set<String> topics) {
        public Source {
            topics = topics == null ? null : Set.copyOf(topics);
        }
    }

    /**
     * Its settings, likewise.
     *
     * @param groupId {@code consumer.override.group.id}; null where it is not written
     * @param configured null where it can't be told, as behind a reference
     * @param topics names that it has read from; asked for only where {@code configured} is null, and null where Connect
     *     does not tell
     */
    public record Sink(String groupId, ConfiguredTopics configured, Set<String> topics) {
        public Sink {
            topics = topics == null ? null : Set.copyOf(topics);
        }
    }

    /** Where no pipeline is to be discovered. */
    public static final ListedConnectors NOT_ASKED = new ListedConnectors(Map.of(), Map.of(), Set.of(), null);

    public ListedConnectors {
        sources = Map.copyOf(sources);
        sinks = Map.copyOf(sinks);
        unread = Set.copyOf(unread);
    }

    public static ListedConnectors failed(Failure failure) {
        return new ListedConnectors(Map.of(), Map.of(), Set.of(), failure);
    }
}
