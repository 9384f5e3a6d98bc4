package io.cdcprogress.observe.connect;

import static io.debezium.schema.AbstractTopicNamingStrategy.DEFAULT_HEARTBEAT_TOPIC_PREFIX;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cdcprogress.model.ConfiguredTopics;
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
    private static final String RUNNING = "RUNNING";
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
            @JsonProperty("heartbeat.interval.ms") String heartbeatInterval,
            @JsonProperty("topic.heartbeat.prefix") String heartbeatPrefix,
            @JsonProperty("errors.tolerance") String errorsTolerance,
            @JsonProperty("offset.mismatch.strategy") String offsetMismatchStrategy,
            @JsonProperty("consumer.override.group.id") String groupId,
            @JsonProperty("topics") String topics,
            @JsonProperty("topics.regex") String topicsRegex) {}

    record Status(State connector, List<State> tasks) {}

    record State(String state) {}

    /**
     * What concerns one connector that is a pipeline's source.
     *
     * @param before what the listing before said of it; null for nothing
     */
    SourceFacts source(String name, SourceFacts before) {
        Connector connector = connectors.get(name);
        if (connector == null) {
            return SourceFacts.absent(before);
        }
        Config config = connector.info == null ? null : connector.info.config;
        return config == null
                ? new SourceFacts(true, running(connector.status), null, null, null)
                : new SourceFacts(
                        true,
                        running(connector.status),
                        config.topicPrefix == null || config.topicPrefix.contains(REFERENCE)
                                ? null
                                : config.topicPrefix,
                        heartbeats(config),
                        distrust(config));
    }

    private static Boolean running(Status status) {
        if (status == null || status.connector == null || status.tasks == null) {
            return null;
        }
        return RUNNING.equals(status.connector.state)
                && !status.tasks.isEmpty()
                && status.tasks.stream().allMatch(task -> RUNNING.equals(task.state));
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
                String group = config.groupId == null ? "connect-" + name : config.groupId;
                ConfiguredTopics configured = topics(config);
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

    /** Null where it can't be told. */
    private static ConfiguredTopics topics(Config config) {
        String written = config.topicsRegex == null ? config.topics : config.topicsRegex;
        if (written == null || written.contains(REFERENCE)) {
            return null;
        }
        try {
            return config.topicsRegex != null
                    ? new ConfiguredTopics(Set.of(), Pattern.compile(config.topicsRegex))
                    : new ConfiguredTopics(
                            Stream.of(config.topics.split(","))
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
