package io.cdcprogress.record;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.Window;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.connect.errors.ConnectException;

/**
 * The form of what Connect keeps for us: one source partition per pipeline and sink group; in its
 * offset the sequence, and what a sink's position needs to go on after a restart.
 */
public final class SourceOffsets {
    private static final String PIPELINE = "pipeline";
    private static final String SINK_GROUP = "sink_group";
    private static final String SEQUENCE = "sequence";
    private static final String INCARNATION = "incarnation";
    private static final String PROVEN_LSN = "proven_lsn";
    private static final String INFERRED_LSN = "inferred_lsn";
    private static final String WALSENDER_PID = "walsender_pid";
    private static final String WAL_CLOCK = "wal_clock";
    private static final String WINDOWS = "windows";

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

    /** Flat and of primitives, which is all that Connect stores. */
    static Map<String, Object> offset(long sequence, PositionMemory memory, Map<String, Window> windows) {
        Map<String, Object> offset = new HashMap<>();
        offset.put(SEQUENCE, sequence);
        put(offset, INCARNATION, memory.incarnation());
        put(offset, PROVEN_LSN, memory.proven());
        put(offset, INFERRED_LSN, memory.inferred());
        if (memory.pid() != null && memory.inferred() != null) {
            offset.put(WALSENDER_PID, memory.pid().longValue());
        }
        if (!memory.walClock().isEmpty()) {
            offset.put(WAL_CLOCK, WalClockText.write(memory.walClock()));
        }
        if (!windows.isEmpty()) {
            offset.put(WINDOWS, WindowsText.write(windows));
        }
        return offset;
    }

    private static void put(Map<String, Object> offset, String key, Object value) {
        if (value != null) {
            offset.put(key, value.toString());
        }
    }

    /**
     * What was kept of the sink's position. A part that is not there, or that can't be read as a user may have altered it,
     * is not known.
     *
     * @param offset null where nothing is stored
     */
    public static PositionMemory memory(Map<String, Object> offset) {
        if (offset == null) {
            return PositionMemory.NONE;
        }
        return new PositionMemory(
                offset.get(INCARNATION) instanceof String text ? text : null,
                lsn(offset.get(PROVEN_LSN)),
                lsn(offset.get(INFERRED_LSN)),
                offset.get(WALSENDER_PID) instanceof Number pid ? (Integer) pid.intValue() : null,
                WalClockText.read(offset.get(WAL_CLOCK)));
    }

    /** What had been the same for how long; likewise. */
    public static Map<String, Window> windows(Map<String, Object> offset) {
        return offset == null ? Map.of() : WindowsText.read(offset.get(WINDOWS));
    }

    private static Lsn lsn(Object value) {
        try {
            return value instanceof String text ? Lsn.parse(text) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
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
