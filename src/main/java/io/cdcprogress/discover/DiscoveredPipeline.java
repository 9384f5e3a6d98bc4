package io.cdcprogress.discover;

import io.cdcprogress.config.PipelineKeys;
import java.util.Map;
import java.util.Set;

/**
 * A pipeline and what was found out about it.
 *
 * @param values by what follows {@code pipelines.<p>.}: what the user could have written and has not; no secret and no
 *     reference
 * @param unknown likewise: what the user has to write, since it could not be found out
 * @param longerPrefixes other pipelines' prefixes that begin with this one's
 */
public record DiscoveredPipeline(
        String name, Map<String, String> values, Set<String> unknown, Set<String> longerPrefixes) {
    public DiscoveredPipeline {
        values = Map.copyOf(values);
        unknown = Set.copyOf(unknown);
        longerPrefixes = Set.copyOf(longerPrefixes);
    }

    /** For logs: with the groups that were found. */
    String nameAndGroups() {
        String groups = values.get(PipelineKeys.SINK_GROUPS);
        return groups == null ? name : name + " (" + groups + ")";
    }

    /** One that is as it is written. */
    public static DiscoveredPipeline asWritten(String name) {
        return new DiscoveredPipeline(name, Map.of(), Set.of(), Set.of());
    }
}
