package io.cdcprogress.config;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Settings of the clients of the sink groups' cluster: what stands below {@code kafka.}. Holds secrets, so it has no
 * readable text form.
 */
public final class KafkaSettings {
    private static final Set<String> OF_A_GROUP =
            Set.of("group.id", "group.instance.id", "group.protocol", "group.remote.assignor", "interceptor.classes");

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

    /**
     * What a consumer is created with that looks at single records: it belongs to no group and commits nothing. The user's
     * own settings do not change that; fetch sizes and waits may be theirs.
     *
     * @param clientId used unless the user gave one
     */
    public Map<String, Object> consumer(String clientId) {
        Map<String, Object> settings = admin(clientId);
        settings.keySet().removeIf(OF_A_GROUP::contains);
        settings.put("enable.auto.commit", false);
        settings.put("auto.offset.reset", "none");
        settings.put("allow.auto.create.topics", false);
        // A partition that has nothing must not park the answer of those that have.
        settings.putIfAbsent("fetch.max.wait.ms", 10);
        // Above the usual batch: below it, only one partition would come forward per answer. Larger ones pass too.
        settings.putIfAbsent("max.partition.fetch.bytes", 64 * 1024);
        settings.putIfAbsent("fetch.max.bytes", 16 * 1024 * 1024);
        settings.putIfAbsent("max.poll.records", 100_000);
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
