package io.cdcprogress.config;

import java.util.HashMap;
import java.util.Map;

/**
 * Settings of the clients of the sink groups' cluster: what stands below {@code kafka.}. Holds secrets, so it has no
 * readable text form.
 */
public final class KafkaSettings {
    private final Map<String, Object> client;

    KafkaSettings(Map<String, Object> client) {
        this.client = Map.copyOf(client);
    }

    /**
     * What an admin client is created with.
     *
     * @param clientId used unless the user gave one
     */
    public Map<String, Object> admin(String clientId) {
        Map<String, Object> settings = new HashMap<>(client);
        settings.putIfAbsent("client.id", clientId);
        return settings;
    }

    /** The bootstrap servers, for messages. */
    public String address() {
        return String.valueOf(client.get("bootstrap.servers"));
    }

    @Override
    public String toString() {
        return "Kafka at " + address();
    }
}
