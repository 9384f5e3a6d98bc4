package io.cdcprogress.record;

import static io.cdcprogress.record.Reports.MEMORY;
import static io.cdcprogress.record.Reports.NOW;
import static io.cdcprogress.record.Reports.partition;
import static io.cdcprogress.record.Reports.report;
import static io.cdcprogress.record.Reports.unobserved;
import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import io.cdcprogress.model.PartitionProgress;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ProgressReport;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.source.SourceRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressEmitterTest {
    private final AtomicLong nanos = new AtomicLong(-1);
    private final ProgressEmitter emitter = emitter("cdc.progress.partitions");

    private ProgressEmitter emitter(String partitionsTopic) {
        return new ProgressEmitter("progress", Duration.ofSeconds(10), "cdc.progress", partitionsTopic, nanos::get);
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
        assertThat(progress.getFloat64("wal_bytes_per_second")).isEqualTo(1.5);
        assertThat(progress.getFloat64("sink_records_per_second")).isEqualTo(2.5);
        assertThat(progress.getInt64("catch_up_seconds")).isEqualTo(3);
        assertThat(progress.getInt64("slot_loss_seconds")).isEqualTo(4);
        assertThat(progress.getInt64("retention_loss_seconds")).isEqualTo(5);
        assertThat(progress.getString("source_connector_state")).isEqualTo("FAILED");
        assertThat(progress.getString("sink_connector_state")).isNull();
        assertThat(progress.get("finding_since")).isEqualTo(Date.from(NOW.minusSeconds(9)));
        assertThat(progress.getInt64("retained_wal_bytes")).isEqualTo(928600);
        assertThat(progress.getInt64("safe_wal_bytes")).isEqualTo(-5);
        assertThat(progress.getBoolean("slot_active")).isTrue();
        assertThat(progress.getInt32("sink_partitions")).isEqualTo(1);
        assertThat(progress.getString("finding")).isEqualTo("SLOT_LOST");
        assertThat(progress.getString("findings")).isEqualTo("SLOT_LOST,DATA_LOSS");
        assertThat(progress.getString("published_lsn")).isEqualTo("0/298E950");
        assertThat(progress.getString("sink_lsn")).isEqualTo("0/28ABE88");
        assertThat(progress.getString("sink_lsn_grade")).isEqualTo("INFERRED");
        assertThat(progress.getString("proven_lsn")).isEqualTo("0/28ABE80");
        assertThat(progress.getString("blocking_partition")).isEqualTo("shop.t-0");
        assertThat(progress.getInt64("capture_lag_bytes")).isEqualTo(8);
        assertThat(progress.getInt64("sink_lag_bytes")).isEqualTo(928456);
        assertThat(progress.getInt64("total_lag_bytes")).isEqualTo(928464);
        assertThat(progress.get("oldest_unconsumed_at")).isEqualTo(Date.from(NOW.minusMillis(1500)));
        assertThat(progress.getInt64("total_lag_ms")).isEqualTo(1500);
        assertThat(progress.getString("total_lag_grade")).isEqualTo("EXACT");
    }

    @Test
    void writesTheFirstUnconsumedRecordOfAPartitionAndItsTimeOnlyIfItIsThatRecords() {
        Struct exact =
                (Struct) emitter.records(List.of(report(lagging(true)))).get(0).value();
        assertThat(exact.getString("next_lsn")).isEqualTo("0/28ABE88");
        assertThat(exact.get("next_commit_at")).isEqualTo(Date.from(NOW));
        assertThat(exact.getInt64("lag_ms")).isEqualTo(77);
        Struct stoodIn =
                (Struct) emitter.records(List.of(report(lagging(false)))).get(0).value();
        assertThat(stoodIn.getString("next_lsn")).isEqualTo("0/28ABE88");
        assertThat(stoodIn.get("next_commit_at")).isNull();
    }

    private static PartitionProgress lagging(boolean exact) {
        return new PartitionProgress(
                new PartitionOffsets("shop.t", 0, 0L, 5L, true, 9L, 9L, false, false),
                4L,
                new PartitionPosition(State.LAGGING, Lsn.parse("0/28ABE88"), NOW, exact, 5L, null, null),
                exact ? 77L : null);
    }

    @Test
    void storesThePositionSoThatItGoesOnAfterARestart() {
        List<SourceRecord> records = emitter.records(List.of(report(partition(0, 5))));
        assertThat(SourceOffsets.memory(stored(records.get(0)))).isEqualTo(PositionMemory.NONE);
        assertThat(SourceOffsets.memory(stored(records.get(1)))).isEqualTo(MEMORY);
        emitter.resume("orders", "connect-sink", stored(records.get(1)));
        SourceRecord next = emitter.records(List.of(report(partition(0, 6)))).get(0);
        assertThat(next.topic()).isEqualTo("cdc.progress.partitions");
        assertThat(SourceOffsets.memory(stored(next))).isEqualTo(MEMORY);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> stored(SourceRecord record) {
        return (Map<String, Object>) record.sourceOffset();
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
