package io.cdcprogress.model;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * All that one observation says of a pipeline and one of its sink groups. Null is "not known", everywhere.
 *
 * @param observedAt the database's clock, or the worker's where {@code databaseClock} is false
 * @param server null when the server did not answer
 * @param slot null when there is no slot or no answer
 * @param kafkaClusterId the cluster of the sink groups
 * @param sinkGroupState as the broker spells it
 * @param partitions null if not known
 * @param position how far the sink has come in the source's history
 * @param sourceConnector null where Connect does not tell
 * @param sinkConnector null where the group is not known to be a connector's, or Connect does not tell
 * @param windows what has been the same for how long, by name: what is kept of it over a restart
 */
public record ProgressReport(
        Pipeline pipeline,
        String sinkGroup,
        Instant observedAt,
        boolean databaseClock,
        ServerFacts server,
        SlotFacts slot,
        String kafkaClusterId,
        String sinkGroupState,
        List<PartitionProgress> partitions,
        SinkPosition position,
        Lag lag,
        Rates rates,
        ConnectorFacts sourceConnector,
        ConnectorFacts sinkConnector,
        Verdict verdict,
        Map<String, Window> windows) {
    public ProgressReport {
        windows = Map.copyOf(windows);
    }
}
