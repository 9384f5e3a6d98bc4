package io.cdcprogress.model;

import io.debezium.schema.AbstractTopicNamingStrategy;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which topics a pipeline feeds, by name alone.
 *
 * @param prefix Debezium's {@code topic.prefix}; null if it is not known, which it may also be beside a {@code regex}
 * @param regex whole-name pattern for topics renamed by transforms; null where the prefix alone tells
 * @param longerPrefixes other pipelines' prefixes that begin with this one: their topics are theirs
 * @param ownTopics this connector's own topics, which no pipeline feeds
 */
public record TopicSelector(String prefix, Pattern regex, Set<String> longerPrefixes, Set<String> ownTopics) {
    public TopicSelector {
        if (prefix == null && regex == null) {
            throw new IllegalArgumentException("a prefix or a regex is needed");
        }
        longerPrefixes = Set.copyOf(longerPrefixes);
        ownTopics = Set.copyOf(ownTopics);
    }

    public boolean matches(String topic) {
        // Heartbeats and transaction metadata are not captured changes.
        if (ownTopics.contains(topic)
                || topic.startsWith(AbstractTopicNamingStrategy.DEFAULT_HEARTBEAT_TOPIC_PREFIX + ".")) {
            return false;
        }
        if ((prefix != null && topic.equals(prefix + "." + AbstractTopicNamingStrategy.DEFAULT_TRANSACTION_TOPIC))
                || longerPrefixes.stream().anyMatch(longer -> topic.startsWith(longer + "."))) {
            return false;
        }
        return regex == null
                ? topic.startsWith(prefix + ".")
                : regex.matcher(topic).matches();
    }

    /**
     * Whether it is Debezium's topic of logical messages. It is no table's, few sinks want it, and it appears as soon as a
     * heartbeat's query emits such messages to move the slot.
     */
    public boolean messages(String topic) {
        return prefix != null && topic.equals(prefix + ".message");
    }

    /** Debezium's heartbeat topic of the pipeline; null where its prefix is not known. */
    public String heartbeat() {
        return prefix == null ? null : AbstractTopicNamingStrategy.DEFAULT_HEARTBEAT_TOPIC_PREFIX + "." + prefix;
    }

    /** How the user wrote it, for messages. */
    @Override
    public String toString() {
        return regex == null ? prefix + ".*" : "/" + regex + "/";
    }
}
