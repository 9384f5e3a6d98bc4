package io.cdcprogress.model;

import io.debezium.schema.AbstractTopicNamingStrategy;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells which topics a pipeline feeds, by name alone.
 *
 * @param prefix Debezium's {@code topic.prefix}; null where {@code regex} is given
 * @param regex whole-name pattern for topics renamed by transforms; null where {@code prefix} is given
 * @param longerPrefixes other pipelines' prefixes that begin with this one: their topics are theirs
 * @param ownTopics this connector's own topics, which no pipeline feeds
 */
public record TopicSelector(String prefix, Pattern regex, Set<String> longerPrefixes, Set<String> ownTopics) {
    public TopicSelector {
        if ((prefix == null) == (regex == null)) {
            throw new IllegalArgumentException("exactly one of prefix and regex is needed");
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
        if (regex != null) {
            return regex.matcher(topic).matches();
        }
        return topic.startsWith(prefix + ".")
                && !topic.equals(prefix + "." + AbstractTopicNamingStrategy.DEFAULT_TRANSACTION_TOPIC)
                && longerPrefixes.stream().noneMatch(longer -> topic.startsWith(longer + "."));
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
