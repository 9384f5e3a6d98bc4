package io.cdcprogress.record;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;

/** The form of what Connect keeps for us: one source partition per pipeline and sink group, and its sequence. */
public final class SourceOffsets {
    private static final String PIPELINE = "pipeline";
    private static final String SINK_GROUP = "sink_group";
    private static final String SEQUENCE = "sequence";

    private SourceOffsets() {}

    /**
     * A source partition. Connect finds what it has stored by the bytes of this map in JSON, so its order counts: that
     * of {@link Map#of} is another in every JVM, and every restart would lose the offsets.
     */
    public static Map<String, String> partition(String pipeline, String sinkGroup) {
        Map<String, String> partition = new HashMap<>();
        partition.put(PIPELINE, pipeline);
        partition.put(SINK_GROUP, sinkGroup);
        return partition;
    }

    static Map<String, Long> offset(long sequence) {
        return Map.of(SEQUENCE, sequence);
    }

    /** The sequence in a stored offset; 0 where nothing is stored. */
    static long sequence(Map<String, Object> offset) {
        Object sequence = offset == null ? null : offset.get(SEQUENCE);
        return sequence instanceof Number number ? number.longValue() : 0;
    }

    /**
     * Checks offsets that a user wants to store by Connect REST. A null offset resets.
     *
     * @throws ConnectException naming what is wrong and what to write
     */
    public static void requireAlterable(Map<Map<String, ?>, Map<String, ?>> offsets) {
        offsets.forEach((partition, offset) -> {
            // A reset takes away whatever a connector of this name has ever stored.
            if (offset != null) {
                requireAlterable(partition, offset);
            }
        });
    }

    private static void requireAlterable(Map<String, ?> partition, Map<String, ?> offset) {
        if (partition == null
                || !partition.keySet().equals(Set.of(PIPELINE, SINK_GROUP))
                || !partition.values().stream().allMatch(value -> value instanceof String s && !s.isEmpty())) {
            throw new ConnectException("Partition " + partition + " is not one of this connector: write"
                    + " {\"pipeline\": \"<name>\", \"sink_group\": \"<group>\"}");
        }
        if (!isSequence(offset.get(SEQUENCE))) {
            throw new ConnectException("Offset " + offset + " of partition " + partition + " has no valid sequence:"
                    + " write {\"sequence\": <the number of the last record, an integer of at least 0>}, or null to"
                    + " begin at 1 again");
        }
    }

    private static boolean isSequence(Object value) {
        return (value instanceof Long || value instanceof Integer) && ((Number) value).longValue() >= 0;
    }
}
