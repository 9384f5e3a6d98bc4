package io.cdcprogress.observe.connect;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.cdcprogress.model.ConfiguredTopics;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * The answer to {@code GET /connectors?expand=info}, of which only what is named here is taken out of the stream. Without
 * the status: Connect leaves out connectors that have none yet.
 */
final class DiscoveryListing {
    static final String PATH = "/connectors?expand=info";

    /** Its name, and the two shorter ones that Connect takes as well. */
    private static final Set<String> POSTGRES =
            Set.of("io.debezium.connector.postgresql.PostgresConnector", "PostgresConnector", "Postgres");

    /** Connectors of which no settings are told, as of one that is just being deleted. */
    final Set<String> untold = new HashSet<>();

    final Map<String, Config> sources = new HashMap<>();
    final Map<String, Config> sinks = new HashMap<>();

    private DiscoveryListing(Map<String, Connector> connectors) {
        connectors.forEach((name, connector) -> {
            Config config = connector == null || connector.info == null ? null : connector.info.config;
            if (config == null) {
                untold.add(name);
            } else if (config.connectorClass != null && POSTGRES.contains(config.connectorClass.trim())) {
                sources.put(name, config);
            } else if ("sink".equals(connector.info.type)) {
                sinks.put(name, config);
            }
        });
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static DiscoveryListing of(Map<String, Connector> connectors) {
        return new DiscoveryListing(connectors);
    }

    record Connector(Info info) {}

    record Info(String type, Config config) {}

    record Config(
            @JsonProperty("connector.class") String connectorClass,
            @JsonProperty("slot.name") String slotName,
            @JsonProperty("topic.prefix") String topicPrefix,
            @JsonProperty("topic.heartbeat.prefix") String heartbeatPrefix,
            @JsonProperty("database.hostname") String hostname,
            @JsonProperty("database.port") String port,
            @JsonProperty("database.dbname") String dbname,
            @JsonProperty("consumer.override.group.id") String groupId,
            @JsonProperty("topics") String topics,
            @JsonProperty("topics.regex") String topicsRegex) {
        /** Null where it can't be told. */
        ConfiguredTopics configuredTopics() {
            return ConnectorListing.configuredTopics(topics, topicsRegex);
        }
    }
}
