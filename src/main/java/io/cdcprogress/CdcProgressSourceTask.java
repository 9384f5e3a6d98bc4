package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.metrics.ProgressMetrics;
import io.cdcprogress.model.BuildProperties;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.record.ProgressEmitter;
import io.cdcprogress.record.SourceOffsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.source.SourceRecord;
import org.apache.kafka.connect.source.SourceTask;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Observes its pipelines at every interval and hands the records over. */
public final class CdcProgressSourceTask extends SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(CdcProgressSourceTask.class);

    /** PostgreSQL, Kafka, and Kafka once more for records: an observation waits for one after the other. */
    private static final int SERVERS = 3;

    private ProgressEmitter emitter;
    private volatile ProgressMetrics metrics;
    private volatile ObservationLoop loop;

    @Override
    public String version() {
        return BuildProperties.version();
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
        Clock clock = Clock.systemUTC();
        metrics = ProgressMetrics.of(context, clock);
        ProgressCycle cycle = new ProgressCycle(config, resume(config.taskPipelines()), metrics, clock);
        loop = new ObservationLoop(
                "cdc-progress-" + config.connectorName(),
                cycle,
                config.pollInterval(),
                config.observationTimeout().multipliedBy(SERVERS));
        LOG.info(
                "Observing pipelines {} every {}",
                config.taskPipelines().stream().map(Pipeline::name).toList(),
                config.pollInterval());
    }

    /** Goes on from what Connect has stored; what it has stored of the sinks. */
    private Map<Sink, SinkMemory> resume(List<Pipeline> pipelines) {
        List<Sink> sinks = pipelines.stream()
                .flatMap(pipeline -> pipeline.sinkGroups().stream().map(group -> new Sink(pipeline.name(), group)))
                .toList();
        Map<Map<String, String>, Map<String, Object>> stored = context.offsetStorageReader()
                .offsets(sinks.stream()
                        .map(sink -> SourceOffsets.partition(sink.pipeline(), sink.group()))
                        .toList());
        Map<Sink, SinkMemory> memories = new HashMap<>();
        for (Sink sink : sinks) {
            Map<String, Object> offset = stored.get(SourceOffsets.partition(sink.pipeline(), sink.group()));
            emitter.resume(sink.pipeline(), sink.group(), offset);
            memories.put(sink, new SinkMemory(SourceOffsets.memory(offset), SourceOffsets.windows(offset)));
        }
        return memories;
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
            // The observing thread may need a while, and the next task wants the same names.
            metrics.close();
        }
    }
}
