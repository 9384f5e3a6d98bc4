package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.discover.DiscoveredPipeline;
import io.cdcprogress.discover.DiscoveryRules;
import io.cdcprogress.discover.PipelineDiscovery;
import io.cdcprogress.model.BuildProperties;
import io.cdcprogress.model.ListedConnectors;
import io.cdcprogress.model.ListedGroups;
import io.cdcprogress.observe.connect.ConnectorsReader;
import io.cdcprogress.observe.kafka.GroupsReader;
import io.cdcprogress.record.SourceOffsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.connect.connector.Task;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.ExactlyOnceSupport;
import org.apache.kafka.connect.source.SourceConnector;

/** Publishes the progress of CDC pipelines: see {@link ProgressCycle} for what its tasks do. */
public final class CdcProgressSourceConnector extends SourceConnector {
    private Map<String, String> properties;
    /** Null where all is written and nothing is to be discovered. */
    private volatile PipelineDiscovery discovery;

    @Override
    public String version() {
        return BuildProperties.version();
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
        CdcProgressConfig config = new CdcProgressConfig(properties);
        this.properties = Map.copyOf(properties);
        DiscoveryRules rules = DiscoveryRules.of(config);
        discovery = rules.discovers() || rules.looksForGroups() ? discovery(config, rules) : null;
        if (discovery != null) {
            discovery.start();
        }
    }

    @Override
    public Class<? extends Task> taskClass() {
        return CdcProgressSourceTask.class;
    }

    private PipelineDiscovery discovery(CdcProgressConfig config, DiscoveryRules rules) {
        GroupsReader groups = new GroupsReader(
                config.kafka(), "cdc-progress-" + config.connectorName() + "-discovery", config.observationTimeout());
        return new PipelineDiscovery(
                config.connectorName(),
                rules,
                rules.discovers()
                        ? new ConnectorsReader(config.connect(), config.observationTimeout())::read
                        : () -> ListedConnectors.NOT_ASKED,
                rules.looksForGroups() ? groups::read : () -> ListedGroups.NOT_ASKED,
                groups,
                () -> context().requestTaskReconfiguration());
    }

    /**
     * Asks nobody: Connect calls this on the thread that would have to answer.
     *
     * @throws RetriableException while the pipelines are not discovered yet; Connect asks again
     */
    @Override
    public List<Map<String, String>> taskConfigs(int maxTasks) {
        List<DiscoveredPipeline> pipelines = discovery == null
                ? new CdcProgressConfig(properties)
                        .pipelines().stream()
                                .map(pipeline -> DiscoveredPipeline.asWritten(pipeline.name()))
                                .toList()
                : discovery.pipelines();
        if (pipelines == null) {
            throw new RetriableException(
                    "The pipelines are not discovered yet, so there are no tasks: " + discovery.failure());
        }
        return TaskConfigs.of(properties, pipelines, maxTasks);
    }

    /** The tasks hold all other connections. */
    @Override
    public void stop() {
        if (discovery != null) {
            discovery.close(); // and is kept: it hands out what it has found
        }
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
