package io.cdcprogress.observe.postgres;

import io.cdcprogress.config.PostgresServer;
import io.cdcprogress.config.PostgresSettings;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SlotObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads the slots of all pipelines: one statement per database server, all servers at the same time, so that a server
 * that does not answer degrades its own pipelines and delays no other's for longer than once.
 */
public final class SlotObserver implements AutoCloseable {
    private final Map<ServerReader, List<Pipeline>> readers = new LinkedHashMap<>();
    /** What is said of pipelines whose server is not asked, by their names. */
    private final Map<String, SlotObservation> notAsked = new HashMap<>();

    /**
     * Connects to nothing yet.
     *
     * @param unknown why a pipeline's server can't be asked; null if it can
     * @param timeout what a server is given to answer, connecting included
     */
    public SlotObserver(
            List<Pipeline> pipelines,
            Function<Pipeline, PostgresSettings> databases,
            Function<Pipeline, Failure> unknown,
            Duration timeout) {
        Map<PostgresServer, List<Pipeline>> byServer = new LinkedHashMap<>();
        for (Pipeline pipeline : pipelines) {
            Failure failure = unknown.apply(pipeline);
            if (failure == null) {
                byServer.computeIfAbsent(databases.apply(pipeline).server(), server -> new ArrayList<>())
                        .add(pipeline);
            } else {
                notAsked.put(pipeline.name(), new SlotObservation.Unobserved(failure));
            }
        }
        byServer.forEach(
                (server, own) -> readers.put(new ServerReader(session(server, own, timeout), server, timeout), own));
    }

    private static ServerSession session(PostgresServer server, List<Pipeline> pipelines, Duration timeout) {
        return new ServerSession(
                server,
                pipelines.stream().map(Pipeline::dbname).distinct().toList(),
                pipelines.stream().map(Pipeline::slotName).distinct().toList(),
                timeout);
    }

    /** What each pipeline's slot gave, by the pipeline's name. Every pipeline is in it. */
    public Map<String, SlotObservation> observe() throws InterruptedException {
        readers.keySet().forEach(ServerReader::ask);
        Map<String, SlotObservation> observations = new HashMap<>(notAsked);
        for (Map.Entry<ServerReader, List<Pipeline>> reader : readers.entrySet()) {
            ServerAnswer answer = reader.getKey().await();
            for (Pipeline pipeline : reader.getValue()) {
                observations.put(pipeline.name(), answer.slot(pipeline.slotName(), pipeline.dbname()));
            }
        }
        return observations;
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        readers.keySet().forEach(ServerReader::close);
    }
}
