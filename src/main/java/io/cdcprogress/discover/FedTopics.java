package io.cdcprogress.discover;

import static io.debezium.schema.AbstractTopicNamingStrategy.DEFAULT_HEARTBEAT_TOPIC_PREFIX;

import io.cdcprogress.config.PipelineOverrides;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ListedConnectors.Sink;
import io.cdcprogress.model.ListedConnectors.Source;
import io.cdcprogress.model.TopicSelector;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The topics of one pipeline, as far as they are known.
 *
 * @param prefix null if it is not known
 * @param written names of topics with changes that the source connector has written; empty where that is not told
 * @param selector tells which topics are the pipeline's; null if nothing tells
 */
record FedTopics(String prefix, Set<String> written, TopicSelector selector) {
    /**
     * @param prefix that of the source connector; null if it can't be used
     * @param prefixes those of all pipelines
     * @param ownTopics this connector's
     */
    static FedTopics of(
            Source source, String prefix, PipelineOverrides override, Set<String> prefixes, Set<String> ownTopics) {
        String own = override.topicPrefix() != null ? override.topicPrefix() : prefix;
        Set<String> longer = prefixes.stream()
                .filter(other -> own != null && other.startsWith(own + "."))
                .collect(Collectors.toSet());
        Set<String> written = new TreeSet<>(source.topics() == null ? Set.of() : source.topics());
        written.removeIf(topic -> ownTopics.contains(topic) || heartbeat(topic, source.heartbeatPrefix(), prefix));
        Pattern regex = override.topicsRegex();
        if (regex == null && override.topicPrefix() == null) {
            regex = renamed(own, written);
        }
        TopicSelector selector = override.topicsRegex() != null
                ? new TopicSelector(null, regex, Set.of(), ownTopics)
                : own == null && regex == null ? null : new TopicSelector(own, regex, longer, ownTopics);
        written.removeIf(topic -> selector == null || !selector.matches(topic));
        return new FedTopics(override.topicsRegex() != null ? null : own, Set.copyOf(written), selector);
    }

    private static boolean heartbeat(String topic, String heartbeatPrefix, String prefix) {
        return topic.startsWith(DEFAULT_HEARTBEAT_TOPIC_PREFIX + ".")
                || (heartbeatPrefix != null && topic.equals(heartbeatPrefix + "." + prefix));
    }

    /** Covers what transforms have renamed beside what has the prefix; null where nothing is renamed. */
    private static Pattern renamed(String prefix, Set<String> written) {
        String below = prefix == null ? null : prefix + ".";
        Set<String> others = written.stream()
                .filter(topic -> below == null || !topic.startsWith(below))
                .collect(Collectors.toCollection(TreeSet::new));
        return others.isEmpty()
                ? null
                : Pattern.compile(Stream.concat(
                                below == null ? Stream.of() : Stream.of(Pattern.quote(below) + ".*"),
                                others.stream().map(Pattern::quote))
                        .collect(Collectors.joining("|")));
    }

    boolean consumedBy(Sink sink) {
        ConfiguredTopics configured = sink.configured();
        if (selector == null) {
            return false;
        }
        if (configured == null) {
            return sink.topics() != null && sink.topics().stream().anyMatch(selector::matches);
        }
        return configured.names().stream().anyMatch(selector::matches)
                || written.stream().anyMatch(configured::matches)
                || (written.isEmpty() && mayMatchBelowPrefix(configured.regex()));
    }

    /** Before anything is written, or where that is not told: whether more behind the prefix could make it match. */
    private boolean mayMatchBelowPrefix(Pattern regex) {
        if (regex == null || prefix == null) {
            return false;
        }
        Matcher matcher = regex.matcher(prefix + ".");
        return matcher.matches() || matcher.hitEnd();
    }
}
