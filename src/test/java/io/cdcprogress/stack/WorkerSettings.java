package io.cdcprogress.stack;

import java.util.HashMap;
import java.util.Map;

/** What a worker of the stack is started with. */
final class WorkerSettings {
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    private WorkerSettings() {}

    /** Workers with the same cluster name share their connectors and their offsets, also one after the other. */
    static Map<String, String> of(String cluster, String bootstrapServers, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("bootstrap.servers", bootstrapServers);
        settings.put("group.id", cluster);
        settings.put("config.storage.topic", cluster + "-configs");
        settings.put("offset.storage.topic", cluster + "-offsets");
        settings.put("status.storage.topic", cluster + "-status");
        settings.put("config.storage.replication.factor", "1");
        settings.put("offset.storage.replication.factor", "1");
        settings.put("status.storage.replication.factor", "1");
        settings.put("offset.storage.partitions", "1");
        settings.put("status.storage.partitions", "1");
        settings.put("offset.flush.interval.ms", "1000");
        // After a restart the tasks come back at once, not after five minutes.
        settings.put("scheduled.rebalance.max.delay.ms", "0");
        settings.put("key.converter", JSON);
        settings.put("key.converter.schemas.enable", "false");
        settings.put("value.converter", JSON);
        settings.put("value.converter.schemas.enable", "false");
        settings.put("plugin.discovery", "service_load");
        settings.putAll(more);
        return settings;
    }
}
