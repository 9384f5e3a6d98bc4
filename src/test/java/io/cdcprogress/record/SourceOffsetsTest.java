package io.cdcprogress.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.WalPoint;
import io.cdcprogress.model.Window;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.json.JsonConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    private static final PositionMemory MEMORY = new PositionMemory(
            "7/1/slot/ab",
            Lsn.parse("0/28ABE88"),
            Lsn.parse("FFFFFFFF/FFFFFFFF"),
            42,
            List.of(
                    new WalPoint(Lsn.parse("0/1"), Instant.ofEpochMilli(1)),
                    new WalPoint(Lsn.parse("1/2"), Instant.ofEpochMilli(1_795_477_870_708L))));

    private static final Map<String, Window> WINDOWS = Map.of(
            "INACTIVE",
            new Window("inactive", Instant.ofEpochMilli(1_795_477_870_708L), 12, Lsn.parse("1/2")),
            "WAITING",
            new Window("shop.public.a_b-c-0:17", Instant.ofEpochMilli(5), 1, null));

    @Test
    void keepsThePositionOfASinkThroughConnectsOwnConverter() {
        JsonConverter converter = new JsonConverter();
        converter.configure(Map.of("schemas.enable", false), false);
        byte[] stored = converter.fromConnectData("offsets", null, SourceOffsets.offset(7, MEMORY, WINDOWS));
        @SuppressWarnings("unchecked")
        Map<String, Object> back =
                (Map<String, Object>) converter.toConnectData("offsets", stored).value();
        assertThat(SourceOffsets.sequence(back)).isEqualTo(7);
        assertThat(SourceOffsets.memory(back)).isEqualTo(MEMORY);
        assertThat(SourceOffsets.windows(back)).isEqualTo(WINDOWS);
    }

    @Test
    void keepsFlatPrimitivesOnlyAndAFewKibibytesAtMost() {
        List<WalPoint> many = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            many.add(new WalPoint(new Lsn(-1 - i), Instant.ofEpochMilli(1_795_477_870_708L)));
        }
        Map<String, Object> offset =
                SourceOffsets.offset(7, new PositionMemory("i", MEMORY.proven(), MEMORY.inferred(), 1, many), WINDOWS);
        assertThat(offset.values()).allMatch(value -> value instanceof String || value instanceof Long);
        assertThat(offset.toString().length()).isLessThan(4096);
    }

    @Test
    void whatIsNotKnownIsNotStored() {
        assertThat(SourceOffsets.offset(7, PositionMemory.NONE, Map.of())).isEqualTo(Map.of("sequence", 7L));
        assertThat(SourceOffsets.memory(Map.of("sequence", 7L))).isEqualTo(PositionMemory.NONE);
        assertThat(SourceOffsets.memory(null)).isEqualTo(PositionMemory.NONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "@", "0/1", "0/1@", "0/1@x", "x@1", "0/1@1  0/2@2"})
    void whatAUserHasAlteredIntoNonsenseIsNotKnown(String text) {
        PositionMemory memory = SourceOffsets.memory(Map.of("proven_lsn", text, "wal_clock", text));
        assertThat(memory.proven()).isEqualTo(text.equals("0/1") ? new Lsn(1) : null);
        assertThat(memory.walClock()).isEmpty();
        assertThat(SourceOffsets.windows(Map.of("windows", text))).isEmpty();
    }
}
