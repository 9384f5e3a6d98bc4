package io.cdcprogress.model;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a sink connector is configured to consume ({@code topics} or {@code topics.regex}).
 *
 * @param names empty where {@code regex} is given
 * @param regex matches whole names; null where names are given
 */
public record ConfiguredTopics(Set<String> names, Pattern regex) {
    public ConfiguredTopics {
        names = Set.copyOf(names);
    }

    public boolean matches(String topic) {
        return names.contains(topic) || (regex != null && regex.matcher(topic).matches());
    }
}
