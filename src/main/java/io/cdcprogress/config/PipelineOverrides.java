package io.cdcprogress.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the user has written of a pipeline: it decides against what is discovered.
 *
 * @param keys what follows {@code pipelines.<p>.} in the keys that are given
 * @param topicPrefix null if it is not given, as the patterns that follow
 */
public record PipelineOverrides(Set<String> keys, String topicPrefix, Pattern topicsRegex, Pattern groupsRegex) {
    public static final PipelineOverrides NONE = new PipelineOverrides(Set.of(), null, null, null);

    public PipelineOverrides {
        keys = Set.copyOf(keys);
    }

    /** By the pipeline's name: those that are named in {@code pipelines} or in keys, in their order. */
    public static Map<String, PipelineOverrides> of(CdcProgressConfig config) {
        Map<String, PipelineOverrides> overrides = new LinkedHashMap<>();
        for (String name : config.defined()) {
            overrides.put(
                    name,
                    new PipelineOverrides(
                            config.originalsWithPrefix(PipelineKeys.key(name, ""))
                                    .keySet(),
                            config.getString(PipelineKeys.key(name, PipelineKeys.TOPIC_PREFIX)),
                            config.pattern(PipelineKeys.key(name, PipelineKeys.TOPICS_REGEX)),
                            config.pattern(PipelineKeys.key(name, PipelineKeys.SINK_GROUPS_REGEX))));
        }
        return overrides;
    }

    public boolean has(String key) {
        return keys.contains(key);
    }
}
