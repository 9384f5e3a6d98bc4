package io.cdcprogress.discover;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.PipelineOverrides;
import io.cdcprogress.model.Pipeline;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the user has written that concerns discovery.
 *
 * @param names of the pipelines; null where they are discovered
 * @param overrides by the pipeline's name
 * @param ownTopics those that this connector writes
 */
public record DiscoveryRules(List<String> names, Map<String, PipelineOverrides> overrides, Set<String> ownTopics) {
    public static DiscoveryRules of(CdcProgressConfig config) {
        return new DiscoveryRules(
                config.discovers()
                        ? null
                        : config.pipelines().stream().map(Pipeline::name).toList(),
                PipelineOverrides.of(config),
                config.ownTopics());
    }

    /** Whether connectors have to be listed. */
    public boolean discovers() {
        return names == null;
    }

    /** Whether consumer groups have to be listed. */
    public boolean looksForGroups() {
        return overrides.values().stream().anyMatch(override -> override.groupsRegex() != null);
    }
}
