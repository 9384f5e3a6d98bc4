package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import java.util.List;
import java.util.Map;

/**
 * One observation, and what was true of it.
 *
 * @param partitions what the group consumes, as observed; null where that was not told
 * @param complete whether everything was read
 * @param truth when the committed offsets were read
 */
record Seen(
        long at,
        SlotObservation slot,
        SourceConnectorFacts source,
        ConnectObservation connect,
        KafkaObservation kafka,
        List<PartitionOffsets> partitions,
        boolean complete,
        Truth truth) {
    Map<String, SlotObservation> slots() {
        return Map.of(Observer.PIPELINE, slot);
    }
}
