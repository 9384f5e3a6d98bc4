package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.discover.PipelineAssignment;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.record.SourceOffsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Publishes the progress of CDC pipelines: see {@link ProgressCycle} for what its tasks do. */
public final class CdcProgressSourceConnector extends SourceConnector {
    private Map<String, String> properties;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public ConfigDef config() {
        return CdcProgressConfig.commonDefinition();
    }

    @Override
    public Config validate(Map<String, String> properties) {
        return ConfigValidation.validate(properties);
    }

    @Override
    public void start(Map<String, String> properties) {
        new CdcProgressConfig(properties);
        this.properties = Map.copyOf(properties);
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CdcProgressSourceTask.class;
    }

    /**
     * The connector's keys verbatim and one more. Connect restores a {@code ${provider:...}} reference only under the
     * key that it stood at; a secret under any other key would be stored in clear.
     */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        CdcProgressConfig config = new CdcProgressConfig(properties);
        List<Map<String, String>> taskConfigs = new ArrayList<>();
        for (List<Pipeline> pipelines : PipelineAssignment.assign(
                config.pipelines(),
                pipeline -> config.database(pipeline.name()).server().address(),
                maxTasks)) {
            Map<String, String> taskConfig = new HashMap<>(properties);
            taskConfig.put(
                    CdcProgressConfig.TASK_PIPELINES,
                    pipelines.stream().map(Pipeline::name).collect(Collectors.joining(",")));
            taskConfigs.add(taskConfig);
        }
        return taskConfigs;
    }

    @Override
    public void stop() {
        // Nothing runs in the connector: its tasks hold all connections.
    }

    @Override
    public ExactlyOnceSupport exactlyOnceSupport(Map<String, String> connectorConfig) {
        return ExactlyOnceSupport.SUPPORTED;
    }

    @Override
    public boolean alterOffsets(Map<String, String> connectorConfig, Map<Map<String, ?>, Map<String, ?>> offsets) {
        SourceOffsets.requireAlterable(offsets);
        return true;
    }
}
