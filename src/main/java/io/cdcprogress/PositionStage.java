package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.resolve.PositionResolver;
import io.cdcprogress.resolve.kafka.ChangeDecoder;
import io.cdcprogress.resolve.kafka.ConsumerChangeReader;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The resolver and its reader; or, with {@code positions.enabled=false}, neither, and no position. */
final class PositionStage implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PositionStage.class);
    private static final Failure NOT_ENABLED =
            new Failure(Finding.POSITION_UNKNOWN, "positions.enabled is false, so no record of the topics is read");
    /** Of an observation's time, what each of the three batches of reads may take. */
    private static final int SHARE = 3;

    private final ConsumerChangeReader reader;
    private final PositionResolver resolver;

    PositionStage(CdcProgressConfig config, String clientId, Map<Sink, PositionMemory> stored) {
        if (!config.positionsEnabled()) {
            reader = null;
            resolver = null;
            return;
        }
        reader = new ConsumerChangeReader(
                config.kafka(),
                clientId,
                pipeline -> ChangeDecoder.of(pipeline, config.valueConverter(pipeline)),
                config.observationTimeout().dividedBy(SHARE));
        resolver = new PositionResolver(
                config.taskPipelines(),
                reader,
                stored,
                config.inferenceSettle(),
                (pipeline, error) -> LOG.error("pipeline={}: the position could not be resolved", pipeline, error));
    }

    Map<Sink, SinkPosition> resolve(
            long at, Map<String, SlotObservation> slots, ConnectObservation connect, KafkaObservation kafka)
            throws InterruptedException {
        if (resolver != null) {
            return resolver.resolve(at, slots, connect, kafka);
        }
        Map<Sink, SinkPosition> unknown = new HashMap<>();
        kafka.sinks()
                .keySet()
                .forEach(sink -> unknown.put(sink, SinkPosition.unknown(NOT_ENABLED, Map.of(), PositionMemory.NONE)));
        return unknown;
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
