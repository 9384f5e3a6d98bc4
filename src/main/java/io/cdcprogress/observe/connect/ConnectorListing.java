package io.cdcprogress.observe.connect;

import static io.debezium.schema.AbstractTopicNamingStrategy.DEFAULT_HEARTBEAT_TOPIC_PREFIX;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The answer to {@code GET /connectors?expand=status&expand=info}. Connectors' configurations hold passwords in clear:
 * only what is named here is taken out of the stream, and all else is skipped.
 */
final class ConnectorListing {
    private static final String SINK = "sink";
    /** A reference that Connect resolves for the connector only: what it stands for is not told. */
    private static final String REFERENCE = "${";

    private final Map<String, Connector> connectors;

    private ConnectorListing(Map<String, Connector> connectors) {
        this.connectors = connectors;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static ConnectorListing of(Map<String, Connector> connectors) {
        return new ConnectorListing(connectors);
    }

    record Connector(Info info, Status status) {}

    record Info(String type, Config config) {}

    record Config(
            @JsonProperty("topic.prefix") String topicPrefix,
            @JsonProperty("lsn.flush.mode") String lsnFlushMode,
            @JsonProperty("flush.lsn.source") String flushLsnSource,
            @JsonProperty("heartbeat.interval.ms") String heartbeatInterval,
            @JsonProperty("topic.heartbeat.prefix") String heartbeatPrefix,
            @JsonProperty("errors.tolerance") String errorsTolerance,
            @JsonProperty("offset.mismatch.strategy") String offsetMismatchStrategy,
            @JsonProperty("consumer.override.group.id") String groupId,
            @JsonProperty("topics") String topics,
            @JsonProperty("topics.regex") String topicsRegex) {}

    record Status(StateOf connector, List<StateOf> tasks) {}

    record StateOf(String state, String trace) {}

    /**
     * What concerns one connector that is a pipeline's source.
     *
     * @param before what the listing before said of it; null for nothing
     */
    SourceFacts source(String name, SourceFacts before) {
        Connector connector = connectors.get(name);
        if (connector == null) {
            return SourceFacts.absent(name, before);
        }
        Config config = connector.info == null ? null : connector.info.config;
        ConnectorFacts facts = ConnectorStates.facts(name, connector.status);
        return config == null
                ? new SourceFacts(true, facts, null, null, null, null)
                : new SourceFacts(
                        true,
                        facts,
                        config.topicPrefix == null || config.topicPrefix.contains(REFERENCE)
                                ? null
                                : config.topicPrefix,
                        heartbeats(config),
                        confirmsStored(config),
                        distrust(config));
    }

    /** In Debezium's default, the slot is told what Connect has stored, and after that. */
    private static Boolean confirmsStored(Config config) {
        if (config.lsnFlushMode == null) {
            return (config.flushLsnSource == null || !config.flushLsnSource.contains(REFERENCE)) ? true : null;
        }
        return config.lsnFlushMode.contains(REFERENCE)
                ? null
                : !config.lsnFlushMode.trim().equalsIgnoreCase("connector_and_driver");
    }

    /** Whether it beats where Debezium does unless told otherwise. */
    private static Boolean heartbeats(Config config) {
        if (config.heartbeatPrefix != null && !config.heartbeatPrefix.equals(DEFAULT_HEARTBEAT_TOPIC_PREFIX)) {
            return config.heartbeatPrefix.contains(REFERENCE) ? null : false;
        }
        try {
            return config.heartbeatInterval != null && Long.parseLong(config.heartbeatInterval.trim()) > 0;
        } catch (NumberFormatException e) {
            return null; // a reference, or nothing that Debezium would take
        }
    }

    private static String distrust(Config config) {
        return Stream.of(
                        distrust("errors.tolerance", config.errorsTolerance, Set.of("all")),
                        distrust(
                                "offset.mismatch.strategy",
                                config.offsetMismatchStrategy,
                                Set.of("trust_slot", "trust_greater_lsn")))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .orElse(null);
    }

    private static String distrust(String key, String written, Set<String> values) {
        if (written == null) {
            return null;
        }
        if (written.contains(REFERENCE)) {
            return key + "=${...}";
        }
        String value = written.trim().toLowerCase(Locale.ROOT);
        return values.contains(value) ? key + "=" + value : null;
    }

    /** What sink connectors are configured to consume, of those groups that are asked for. */
    Map<String, ConfiguredTopics> sinkTopics(Set<String> groups) {
        Map<String, ConfiguredTopics> topics = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        connectors.forEach((name, connector) -> {
            if (connector != null
                    && connector.info != null
                    && SINK.equals(connector.info.type)
                    && connector.info.config != null) {
                Config config = connector.info.config;
                String group = group(name, config);
                ConfiguredTopics configured = configuredTopics(config.topics, config.topicsRegex);
                if (configured == null) {
                    unknown.add(group);
                } else if (groups.contains(group)) {
                    topics.merge(group, configured, ConnectorListing::both);
                }
            }
        });
        // Less than all that a group consumes would be taken for all.
        topics.keySet().removeAll(unknown);
        return topics;
    }

    private static String group(String name, Config config) {
        return config.groupId == null ? "connect-" + name : config.groupId;
    }

    /**
     * The sink connectors of those groups that are asked for; of several that share one, the worst off.
     *
     * @param before what the listing before said: a connector that it knew and this one does not is MISSING
     */
    Map<String, ConnectorFacts> sinkConnectors(Set<String> groups, Map<String, ConnectorFacts> before) {
        Map<String, ConnectorFacts> sinks = new HashMap<>();
        before.forEach((group, facts) -> sinks.put(group, new ConnectorFacts(facts.name(), State.MISSING, null)));
        connectors.forEach((name, connector) -> {
            boolean sink = connector != null
                    && connector.info != null
                    && SINK.equals(connector.info.type)
                    && connector.info.config != null;
            String group = sink ? group(name, connector.info.config) : null;
            if (group != null && groups.contains(group)) {
                sinks.merge(group, ConnectorStates.facts(name, connector.status), ConnectorStates::worse);
            }
        });
        return sinks;
    }

    /** Null where it can't be told. */
    static ConfiguredTopics configuredTopics(String topics, String topicsRegex) {
        String written = topicsRegex == null ? topics : topicsRegex;
        if (written == null || written.contains(REFERENCE)) {
            return null;
        }
        try {
            return topicsRegex != null
                    ? new ConfiguredTopics(Set.of(), Pattern.compile(topicsRegex))
                    : new ConfiguredTopics(
                            Stream.of(topics.split(","))
                                    .map(String::trim)
                                    .filter(topic -> !topic.isEmpty())
                                    .collect(Collectors.toSet()),
                            null);
        } catch (PatternSyntaxException e) {
            return null;
        }
    }

    /** Two connectors may be told to share a group. */
    private static ConfiguredTopics both(ConfiguredTopics one, ConfiguredTopics other) {
        Set<String> names = new HashSet<>(one.names());
        names.addAll(other.names());
        String regex = Stream.of(one, other)
                .flatMap(topics -> Stream.ofNullable(topics.regex()))
                .map(pattern -> "(?:" + pattern + ")")
                .collect(Collectors.joining("|"));
        return new ConfiguredTopics(names, regex.isEmpty() ? null : Pattern.compile(regex));
    }
}
