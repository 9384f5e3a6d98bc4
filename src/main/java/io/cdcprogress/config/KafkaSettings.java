package io.cdcprogress.config;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.common.KafkaException;

/**
 * Settings of the clients of the sink groups' cluster: what stands below {@code kafka.}. Holds secrets, so it has no
 * readable text form.
 */
public final class KafkaSettings {
    private static final Set<String> OF_A_GROUP =
            Set.of("group.id", "group.instance.id", "group.protocol", "group.remote.assignor", "interceptor.classes");

    private static final Pattern QUOTED = Pattern.compile("'.*'", Pattern.DOTALL);

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

    /**
     * Why no client could be made of these settings, in words that hold no secret.
     *
     * @param client what was to be made, like "consumer"
     */
    public Failure notCreated(String client, KafkaException error) {
        return new Failure(
                Finding.KAFKA_UNREACHABLE,
                "no " + client + " for Kafka at " + address() + " could be made: " + rootMessage(error)
                        + "; check kafka.bootstrap.servers and the other kafka.* settings");
    }

    /** Whether a client that could not be made may come right by itself: when names resolve again. */
    public static boolean unresolved(KafkaException error) {
        return rootMessage(error).contains("No resolvable bootstrap");
    }

    /** The outermost message never says why. */
    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        String message = String.valueOf(root.getMessage());
        // What stands there in quotes is the word at which parsing ended: it may be a part of a password.
        return message.endsWith("in JAAS config") ? QUOTED.matcher(message).replaceAll("'...'") : message;
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
