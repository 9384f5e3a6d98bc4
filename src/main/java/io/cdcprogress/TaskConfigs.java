package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.config.TaskKeys;
import io.cdcprogress.discover.DiscoveredPipeline;
import io.cdcprogress.discover.PipelineAssignment;
import io.cdcprogress.model.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The tasks' configurations: the connector's keys verbatim, the names of the task's pipelines, and what was discovered of
 * these under the keys that the user would have written it at.
 *
 * <p>Connect restores a {@code ${provider:...}} reference only under the key that it stood at; a secret under any other key
 * would be stored in clear.
 */
final class TaskConfigs {
    private TaskConfigs() {}

    static List<Map<String, String>> of(
            Map<String, String> properties, List<DiscoveredPipeline> pipelines, int maxTasks) {
        if (pipelines.isEmpty()) {
            return List.of();
        }
        CdcProgressConfig all = new CdcProgressConfig(config(properties, pipelines));
        Map<String, DiscoveredPipeline> byName =
                pipelines.stream().collect(Collectors.toMap(DiscoveredPipeline::name, Function.identity()));
        List<Map<String, String>> configs = new ArrayList<>();
        for (List<Pipeline> own : PipelineAssignment.assign(
                all.taskPipelines(),
                pipeline -> all.database(pipeline.name()).server().address(),
                maxTasks)) {
            configs.add(config(
                    properties,
                    own.stream().map(pipeline -> byName.get(pipeline.name())).toList()));
        }
        return configs;
    }

    private static Map<String, String> config(Map<String, String> properties, List<DiscoveredPipeline> pipelines) {
        Map<String, String> config = new HashMap<>(properties);
        Set<String> longerPrefixes = new TreeSet<>();
        Set<String> unknown = new TreeSet<>();
        for (DiscoveredPipeline pipeline : pipelines) {
            pipeline.values()
                    .forEach((key, value) -> config.putIfAbsent(PipelineKeys.key(pipeline.name(), key), value));
            pipeline.unknown().forEach(key -> unknown.add(PipelineKeys.key(pipeline.name(), key)));
            longerPrefixes.addAll(pipeline.longerPrefixes());
        }
        config.put(
                CdcProgressConfig.TASK_PIPELINES,
                pipelines.stream().map(DiscoveredPipeline::name).collect(Collectors.joining(",")));
        put(config, TaskKeys.LONGER_PREFIXES, longerPrefixes);
        put(config, TaskKeys.UNKNOWN, unknown);
        return config;
    }

    private static void put(Map<String, String> config, String key, Collection<String> values) {
        config.remove(key);
        if (!values.isEmpty()) {
            config.put(key, String.join(",", values));
        }
    }
}
