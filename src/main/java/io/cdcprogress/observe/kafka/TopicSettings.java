package io.cdcprogress.observe.kafka;

import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.TopicConfig;

/**
 * The settings of topics that decide what their offsets mean, asked for a topic when it is new and every few minutes. The
 * right to read them (DESCRIBE_CONFIGS) is not required: without it the worst is assumed.
 */
final class TopicSettings {
    private static final Duration BEAT = Duration.ofMinutes(5);

    /**
     * @param compacted whether {@code cleanup.policy} has {@code compact} in it
     * @param minInSync {@code min.insync.replicas}
     * @param retention {@code retention.ms}; null where records are not deleted by age
     */
    record Settings(boolean compacted, int minInSync, Duration retention) {}

    private final AdminCalls calls;
    private final LongSupplier nanoTime;
    private final Map<String, Answer<Settings>> settings = new HashMap<>();
    private long readAt;

    TopicSettings(AdminCalls calls, LongSupplier nanoTime) {
        this.calls = calls;
        this.nanoTime = nanoTime;
    }

    void read(Set<String> topics, Deadline deadline) throws InterruptedException {
        settings.keySet().retainAll(topics);
        boolean all = nanoTime.getAsLong() - readAt >= BEAT.toNanos();
        Set<String> wanted = new HashSet<>(topics);
        if (!all) {
            wanted.removeAll(settings.keySet());
        } else {
            readAt = nanoTime.getAsLong();
        }
        calls.topicConfigs(wanted, deadline).take(deadline).forEach((topic, answer) -> {
            if (!answer.failed()) {
                settings.put(topic, new Answer<>(settings(answer.value()), null));
            } else {
                settings.putIfAbsent(topic, new Answer<>(null, answer.failure()));
            }
        });
    }

    private static Settings settings(Config config) {
        ConfigEntry policy = config.get(TopicConfig.CLEANUP_POLICY_CONFIG);
        ConfigEntry minInSync = config.get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return new Settings(
                policy == null || policy.value().contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                minInSync == null ? Integer.MAX_VALUE : Integer.parseInt(minInSync.value()),
                retention(policy, config.get(TopicConfig.RETENTION_MS_CONFIG)));
    }

    private static Duration retention(ConfigEntry policy, ConfigEntry retention) {
        boolean byAge = policy != null
                && policy.value().contains(TopicConfig.CLEANUP_POLICY_DELETE)
                && retention != null
                && Long.parseLong(retention.value()) >= 0;
        return byAge ? Duration.ofMillis(Long.parseLong(retention.value())) : null;
    }

    /** Null where they could not be read. */
    Settings of(String topic) {
        Answer<Settings> answer = settings.get(topic);
        return answer == null ? null : answer.value();
    }
}
