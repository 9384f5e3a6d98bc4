package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.record.ProgressEmitter;
import io.cdcprogress.record.SourceOffsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes its pipelines at every interval and hands the records over. */
public final class CdcProgressSourceTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(CdcProgressSourceTask.class);

    private ProgressEmitter emitter;
    private volatile ObservationLoop loop;

    @Override
    public String version() {
        return Version.current();
    }

    @Override
    public void start(Map<String, String> properties) {
        CdcProgressConfig config = new CdcProgressConfig(properties);
        emitter = new ProgressEmitter(
                config.connectorName(),
                config.pollInterval(),
                config.progressTopic(),
                config.partitionsTopic(),
                System::nanoTime);
        resume(config.taskPipelines());
        ProgressCycle cycle = new ProgressCycle(config, Clock.systemUTC());
        loop = new ObservationLoop(
                "cdc-progress-" + config.connectorName(), cycle::observe, cycle, config.pollInterval());
        LOG.info(
                "Observing pipelines {} every {}",
                config.taskPipelines().stream().map(Pipeline::name).toList(),
                config.pollInterval());
    }

    private void resume(List<Pipeline> pipelines) {
        List<Map<String, String>> partitions = new ArrayList<>();
        pipelines.forEach(pipeline -> pipeline.sinkGroups()
                .forEach(group -> partitions.add(SourceOffsets.partition(pipeline.name(), group))));
        Map<Map<String, String>, Map<String, Object>> stored =
                context.offsetStorageReader().offsets(partitions);
        pipelines.forEach(pipeline -> pipeline.sinkGroups()
                .forEach(group -> emitter.resume(
                        pipeline.name(), group, stored.get(SourceOffsets.partition(pipeline.name(), group)))));
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        List<ProgressReport> reports = loop.poll();
        return reports == null ? null : emitter.records(reports);
    }

    @Override
    public void stop() {
        if (loop != null) {
            loop.close();
        }
    }
}
