package io.cdcprogress.record;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.TopicSelector;
import io.cdcprogress.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressEmitterTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00.123Z");
    private static final Pipeline PIPELINE = new Pipeline(
            "orders",
            "db:5432/shop",
            "shop",
            "orders_slot",
            new TopicSelector("shop", null, Set.of(), Set.of()),
            List.of("connect-sink"),
            false);

    private final AtomicLong nanos = new AtomicLong(-1);
    private final ProgressEmitter emitter = emitter("cdc.progress.partitions");

    private ProgressEmitter emitter(String partitionsTopic) {
        return new ProgressEmitter("progress", Duration.ofSeconds(10), "cdc.progress", partitionsTopic, nanos::get);
    }

    private static PartitionProgress partition(int number, long committed) {
        return new PartitionProgress(
                new PartitionOffsets("shop.t", number, 0L, committed, true, 9L, false), 9L - committed);
    }

    private static ProgressReport report(PartitionProgress... partitions) {
        return new ProgressReport(
                PIPELINE,
                "connect-sink",
                NOW,
                true,
                new ServerFacts(Lsn.parse("0/298E958"), NOW, 1, 1, false),
                new SlotFacts(Lsn.parse("0/28ABE88"), Lsn.parse("0/28ABE00"), null, 42, "reserved", -5L, null),
                928464L,
                928600L,
                "cluster",
                "Stable",
                List.of(partitions),
                4L,
                1,
                new Verdict(Health.LOST, List.of(Finding.SLOT_LOST, Finding.DATA_LOSS), "what, how much, what to do"));
    }

    private static ProgressReport unobserved() {
        return new ProgressReport(
                PIPELINE,
                "connect-sink",
                NOW,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                new Verdict(Health.UNKNOWN, List.of(Finding.SOURCE_UNREACHABLE), "down"));
    }

    private List<String> emitted(ProgressReport report) {
        return emitter.records(List.of(report)).stream()
                .map(record -> record.topic() + " " + ((Struct) record.value()).getInt64("sequence") + " stores "
                        + record.sourceOffset().get("sequence"))
                .toList();
    }

    @Test
    void partitionsGoFirstWithTheOffsetBeforeAndTheProgressRecordClosesTheObservation() {
        assertThat(emitted(report(partition(0, 5), partition(1, 9))))
                .containsExactly(
                        "cdc.progress.partitions 1 stores 0",
                        "cdc.progress.partitions 1 stores 0",
                        "cdc.progress 1 stores 1");
    }

    @Test
    void goesOnFromTheStoredSequence() {
        emitter.resume("orders", "connect-sink", Map.of("sequence", 41L));
        assertThat(emitted(report(partition(0, 5))))
                .containsExactly("cdc.progress.partitions 42 stores 41", "cdc.progress 42 stores 42");
    }

    @Test
    void writesAPartitionAgainOnlyWhenItChangedOrAfterAMinute() {
        assertThat(emitted(report(partition(0, 5)))).hasSize(2);
        assertThat(emitted(report(partition(0, 5)))).containsExactly("cdc.progress 2 stores 2");
        assertThat(emitted(report(partition(0, 6)))).hasSize(2);
        nanos.addAndGet(TimeUnit.SECONDS.toNanos(50));
        assertThat(emitted(report(partition(0, 6)))).hasSize(1);
        // The next observation, after an interval of 10 s, may come a little early or late.
        nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(9_900));
        assertThat(emitted(report(partition(0, 6)))).hasSize(2);
    }

    @Test
    void writesAPartitionThatWasAwayAgain() {
        emitted(report(partition(0, 5)));
        emitted(report());
        assertThat(emitted(report(partition(0, 5)))).hasSize(2);
    }

    @Test
    void writesNoPartitionRecordsWhereTheirTopicIsEmpty() {
        assertThat(emitter("").records(List.of(report(partition(0, 5)))))
                .extracting(SourceRecord::topic)
                .containsExactly("cdc.progress");
    }

    @Test
    void keepsOneSourcePartitionForEachPipelineAndGroup() {
        assertThat(emitter.records(List.of(report(partition(0, 5)))))
                .allSatisfy(record -> assertThat(record.sourcePartition())
                        .isEqualTo(Map.of("pipeline", "orders", "sink_group", "connect-sink")));
    }

    @Test
    void writesEveryNumberUnderItsName() {
        List<SourceRecord> records = emitter.records(List.of(report(partition(3, 5))));
        Struct partition = (Struct) records.get(0).value();
        assertThat(partition.getInt32("partition")).isEqualTo(3);
        assertThat(partition.getInt64("beginning_offset")).isZero();
        assertThat(partition.getInt64("committed_offset")).isEqualTo(5);
        assertThat(partition.getInt64("end_offset")).isEqualTo(9);
        assertThat(partition.getInt64("lag_records")).isEqualTo(4);
        Struct progress = (Struct) records.get(1).value();
        assertThat(progress.get("observed_at")).isEqualTo(Date.from(NOW));
        assertThat(progress.getString("observed_at_clock")).isEqualTo("DATABASE");
        assertThat(progress.getString("source_lsn")).isEqualTo("0/298E958");
        assertThat(progress.getString("processed_lsn")).isEqualTo("0/28ABE88");
        assertThat(progress.getString("restart_lsn")).isEqualTo("0/28ABE00");
        assertThat(progress.getInt64("lag_bytes")).isEqualTo(928464);
        assertThat(progress.getInt64("retained_wal_bytes")).isEqualTo(928600);
        assertThat(progress.getInt64("safe_wal_bytes")).isEqualTo(-5);
        assertThat(progress.getBoolean("slot_active")).isTrue();
        assertThat(progress.getInt32("sink_partitions")).isEqualTo(1);
        assertThat(progress.getString("finding")).isEqualTo("SLOT_LOST");
        assertThat(progress.getString("findings")).isEqualTo("SLOT_LOST,DATA_LOSS");
        assertThat(progress.getString("sink_lsn_grade")).isEqualTo("UNKNOWN");
        assertThat(progress.getString("total_lag_grade")).isEqualTo("UNKNOWN");
    }

    @Test
    void whatIsNotKnownIsNullAndNeverZero() {
        Struct value = (Struct) emitter.records(List.of(unobserved())).get(0).value();
        value.validate();
        assertThat(value.getString("observed_at_clock")).isEqualTo("WORKER");
        for (String field :
                List.of("source_lsn", "lag_bytes", "slot_active", "sink_partitions", "sink_lag_records", "sink_lsn")) {
            assertThat(value.get(field)).as(field).isNull();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void comesBackTheSameThroughTheJsonConverter(boolean schemas) {
        for (boolean key : new boolean[] {true, false}) {
            JsonConverter converter = new JsonConverter();
            converter.configure(Map.of("schemas.enable", schemas), key);
            for (SourceRecord record : emitter.records(List.of(report(partition(3, 5))))) {
                Struct data = (Struct) (key ? record.key() : record.value());
                Object back = converter
                        .toConnectData("t", converter.fromConnectData("t", data.schema(), data))
                        .value();
                for (var field : data.schema().fields()) {
                    Object expected = data.get(field);
                    Object actual = back instanceof Struct struct
                            ? struct.get(field.name())
                            : ((Map<?, ?>) back).get(field.name());
                    if (!schemas && expected instanceof Date date) {
                        expected = date.getTime();
                    }
                    if (!schemas && expected instanceof Integer number) {
                        expected = number.longValue();
                    }
                    assertThat(actual).as(field.name()).isEqualTo(expected);
                }
            }
        }
    }
}
