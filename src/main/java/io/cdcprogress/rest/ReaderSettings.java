package io.cdcprogress.rest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What of the worker's properties says where the progress records are and how to read them. Holds secrets, so it has no
 * readable text form.
 *
 * @param partitionsTopic null where there is none
 * @param consumer settings of a consumer without a group
 * @param converter class or alias of the value converter, as the worker writes them
 * @param converterSettings what it is configured with
 */
record ReaderSettings(
        String progressTopic,
        String partitionsTopic,
        Map<String, Object> consumer,
        String converter,
        Map<String, Object> converterSettings) {
    static final String PROGRESS_TOPIC = "cdc.progress.topic";
    static final String PARTITIONS_TOPIC = "cdc.progress.partitions.topic";
    static final String VALUE_CONVERTER = "cdc.progress.value.converter";

    private static final String OF_WORKER = "value.converter";
    private static final String CONSUMER = "consumer.";
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";
    private static final Set<String> CLIENT =
            Set.of("bootstrap.servers", "client.dns.lookup", "request.timeout.ms", "connections.max.idle.ms");
    private static final Set<String> OF_A_GROUP =
            Set.of("group.id", "group.instance.id", "group.protocol", "group.remote.assignor", "interceptor.classes");

    ReaderSettings {
        consumer = Map.copyOf(consumer);
        converterSettings = Map.copyOf(converterSettings);
    }

    /** @param worker the worker's properties; Connect has resolved the references in them */
    static ReaderSettings of(Map<String, ?> worker) {
        Map<String, Object> converterSettings = below(worker, OF_WORKER + ".");
        String converter = text(worker, VALUE_CONVERTER, "");
        if (!converter.isEmpty()) {
            converterSettings.clear();
        }
        converterSettings.putAll(below(worker, VALUE_CONVERTER + "."));
        String used = converter.isEmpty() ? text(worker, OF_WORKER, JSON) : converter;
        if (used.equals(JSON) || JSON.endsWith("." + used)) {
            // Then it reads both, and RecordDecoder takes the schema's envelope off.
            converterSettings.put("schemas.enable", "false");
        }
        String partitions = text(worker, PARTITIONS_TOPIC, "cdc.progress.partitions");
        return new ReaderSettings(
                text(worker, PROGRESS_TOPIC, "cdc.progress"),
                partitions.isEmpty() ? null : partitions,
                consumer(worker),
                used,
                converterSettings);
    }

    /** As the worker's own clients are set up, but for what makes it commit, join or create something. */
    private static Map<String, Object> consumer(Map<String, ?> worker) {
        Map<String, Object> settings = new HashMap<>();
        worker.forEach((key, value) -> {
            if (value != null
                    && (CLIENT.contains(key)
                            || Stream.of("security.", "sasl.", "ssl.").anyMatch(key::startsWith))) {
                settings.put(key, value);
            }
        });
        settings.putAll(below(worker, CONSUMER));
        settings.keySet().removeIf(key -> OF_A_GROUP.contains(key) || key.endsWith(".deserializer"));
        settings.put("enable.auto.commit", false);
        settings.put("allow.auto.create.topics", false);
        settings.put("isolation.level", "read_committed");
        // For a position that retention has overtaken, or a topic that was made anew.
        settings.put("auto.offset.reset", "earliest");
        settings.putIfAbsent("metadata.max.age.ms", 30_000);
        // What may lie in memory unread.
        settings.putIfAbsent("fetch.max.bytes", 4 * 1024 * 1024);
        return settings;
    }

    private static Map<String, Object> below(Map<String, ?> worker, String prefix) {
        Map<String, Object> below = new HashMap<>();
        worker.forEach((key, value) -> {
            if (key.startsWith(prefix) && value != null) {
                below.put(key.substring(prefix.length()), value);
            }
        });
        return below;
    }

    private static String text(Map<String, ?> worker, String key, String missing) {
        Object value = worker.get(key);
        if (value == null) {
            return missing;
        }
        return value instanceof Class<?> type
                ? type.getName()
                : value.toString().trim();
    }

    @Override
    public String toString() {
        return "records on " + progressTopic + " and " + partitionsTopic + ", by " + converter;
    }
}
