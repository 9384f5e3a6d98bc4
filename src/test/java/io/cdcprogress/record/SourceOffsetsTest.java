package io.cdcprogress.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;

class SourceOffsetsTest {
    private static final Map<String, String> PARTITION = SourceOffsets.partition("orders", "connect-sink");

    private static void alter(Map<String, ?> partition, Map<String, ?> offset) {
        Map<Map<String, ?>, Map<String, ?>> offsets = new HashMap<>();
        offsets.put(partition, offset);
        SourceOffsets.requireAlterable(offsets);
    }

    /** Written by one JVM, looked up by another, and read back and altered over REST: always the same bytes. */
    @Test
    void aPartitionIsAlwaysTheSameBytesInConnectsOffsetsTopic() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", false), true);
        byte[] stored = converter.fromConnectData("offsets", null, PARTITION);
        assertThat(stored).asString().isEqualTo("{\"pipeline\":\"orders\",\"sink_group\":\"connect-sink\"}");
        Object readBack = converter.toConnectData("offsets", stored).value();
        assertThat(converter.fromConnectData("offsets", null, readBack)).isEqualTo(stored);
    }

    @Test
    void takesAResetAndWholeSequences() {
        for (Object sequence : List.of(0, 7, 7L, Long.MAX_VALUE)) {
            assertThatCode(() -> alter(PARTITION, Map.of("sequence", sequence))).doesNotThrowAnyException();
        }
        assertThatCode(() -> alter(PARTITION, null)).doesNotThrowAnyException();
    }

    @Test
    void refusesSequencesThatNoRecordCanHave() {
        for (Object sequence : List.of(-1, -1L, 1.5, "7", true)) {
            assertThatThrownBy(() -> alter(PARTITION, Map.of("sequence", sequence)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("integer of at least 0");
        }
        assertThatThrownBy(() -> alter(PARTITION, Map.of())).isInstanceOf(ConnectException.class);
    }

    @Test
    void refusesPartitionsThatAreNotOurs() {
        List<Map<String, ?>> foreign = new ArrayList<>(List.of(
                Map.of(),
                Map.of("pipeline", "orders"),
                Map.of("pipeline", "orders", "sink_group", ""),
                Map.of("pipeline", "orders", "sink_group", 1),
                Map.of("pipeline", "orders", "sink_group", "g", "topic", "t")));
        foreign.add(null);
        for (Map<String, ?> partition : foreign) {
            assertThatThrownBy(() -> alter(partition, Map.of("sequence", 1)))
                    .isInstanceOf(ConnectException.class)
                    .hasMessageContaining("sink_group");
        }
    }

    @Test
    void resetsWhatAnotherConnectorOfTheNameHasLeftBehind() {
        assertThatCode(() -> alter(Map.of("server", "other"), null)).doesNotThrowAnyException();
        assertThatCode(() -> alter(null, null)).doesNotThrowAnyException();
    }

    @Test
    void readsASequenceThatConnectStoredAsAnyIntegerType() {
        assertThat(SourceOffsets.sequence(Map.of("sequence", 5))).isEqualTo(5);
        assertThat(SourceOffsets.sequence(Map.of("sequence", 5L))).isEqualTo(5);
        assertThat(SourceOffsets.sequence(null)).isZero();
    }
}
