package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;

/** What the partition records of one pipeline and group say, as of any sequence. Only what changed is written anew. */
final class PartitionStates {
    private final Map<TopicPartition, TreeMap<Long, JsonNode>> states = new HashMap<>();

    PartitionStates(List<JsonNode> records) {
        records.forEach(record -> states.computeIfAbsent(
                        new TopicPartition(
                                record.path("topic").asText(),
                                record.path("partition").asInt()),
                        p -> new TreeMap<>())
                .put(record.path("sequence").asLong(), record));
    }

    Map<TopicPartition, Long> committed(long sequence) {
        return at(sequence, "committed_offset");
    }

    Map<TopicPartition, Long> ends(long sequence) {
        return at(sequence, "end_offset");
    }

    private Map<TopicPartition, Long> at(long sequence, String field) {
        Map<TopicPartition, Long> values = new HashMap<>();
        states.forEach((partition, history) -> {
            var state = history.floorEntry(sequence);
            if (state != null && state.getValue().hasNonNull(field)) {
                values.put(partition, state.getValue().get(field).asLong());
            }
        });
        return values;
    }
}
