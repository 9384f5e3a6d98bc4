package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.ChangePosition.Kind;
import io.cdcprogress.model.Lsn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonChangeDecoderTest {
    private static final String ROW = "{\"id\":7,\"__op\":\"c\",\"__source_sequence\":\"[\\\"100\\\",\\\"120\\\"]\"}";

    private final JsonChangeDecoder decoder = new JsonChangeDecoder("shop");

    @Test
    void boundsAStreamedChangeByTheLaterOfTheCommitBeforeAndItsOwnLsn() {
        assertThat(decode(
                        envelope("c", "\"snapshot\":\"false\",\"sequence\":\"[\\\"100\\\",\\\"120\\\"]\",\"lsn\":120")))
                .isEqualTo(streamed(120, Instant.parse("2026-11-25T10:00:00.000007Z")));
        assertThat(decode(envelope("u", "\"sequence\":\"[\\\"100\\\",\\\"90\\\"]\",\"lsn\":90"))
                        .bound())
                .isEqualTo(new Lsn(100));
        assertThat(decode(envelope("d", "\"snapshot\":null,\"sequence\":\"[null,\\\"90\\\"]\",\"lsn\":90"))
                        .bound())
                .isEqualTo(new Lsn(90));
    }

    @Test
    void comparesLsnsWithoutSign() {
        assertThat(decode(envelope("c", "\"sequence\":\"[\\\"18446744073709551615\\\",\\\"5\\\"]\",\"lsn\":5"))
                        .bound())
                .isEqualTo(Lsn.parse("FFFFFFFF/FFFFFFFF"));
        assertThat(decode(envelope("c", "\"sequence\":\"[\\\"7\\\",\\\"-2\\\"]\",\"lsn\":-2"))
                        .bound())
                .isEqualTo(new Lsn(-2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"true", "first", "last", "first_in_data_collection", "last_in_data_collection", "incremental"})
    void takesOnlyTheCommitBeforeForASnapshot(String flag) {
        String source = "\"snapshot\":\"" + flag + "\",\"lsn\":900,\"sequence\":";
        assertThat(decode(envelope("r", source + "\"[\\\"100\\\",\\\"900\\\"]\"")))
                .isEqualTo(new ChangePosition(new Lsn(100), null, Kind.SNAPSHOT));
        assertThat(decode(envelope("r", source + "\"[null,\\\"900\\\"]\"")).initialSnapshot())
                .isTrue();
    }

    /** Debezium 3.4 takes such a message's LSN for that of the last commit, at once: it comes at its place in the WAL. */
    @Test
    void takesOnlyTheCommitBeforeForAMessageOutsideOfTransactions() {
        ConsumerRecord<byte[], byte[]> real =
                Samples.of("message-outside-transactions.jsonl").get(0);
        assertThat(decoder.decode(real).position()).isEqualTo(new ChangePosition(new Lsn(30522192), null, Kind.OTHER));
        String source = "\"snapshot\":\"false\",\"sequence\":\"[\\\"100\\\",\\\"120\\\"]\",\"lsn\":120";
        assertThat(decode(envelope("m", source + ",\"txId\":null")))
                .isEqualTo(new ChangePosition(new Lsn(100), null, Kind.OTHER));
        assertThat(decode(envelope("m", source + ",\"txId\":744")).kind()).isEqualTo(Kind.STREAMED);
    }

    /** The transactions of the sample ended where its steps say, and were published in that order. */
    @Test
    void ofTheRealRunNoEventIsBoundedBeyondACommitThatWasPublishedAfterIt() {
        List<Long> commits = Samples.text("interleaved-steps.jsonl")
                .lines()
                .map(Samples::tree)
                .map(step -> step.path("lsn_num").asLong())
                .toList();
        List<ConsumerRecord<byte[], byte[]>> streamed = Samples.of("plain.jsonl").stream()
                .filter(record -> record.value() != null && record.topic().endsWith(".t1"))
                .filter(record -> decoder.decode(record).position().streamed())
                .toList();
        assertThat(streamed).hasSizeGreaterThan(10);
        for (ConsumerRecord<byte[], byte[]> record : streamed) {
            JsonNode source = Samples.tree(new String(record.value(), UTF_8)).path("source");
            ChangePosition position = decoder.decode(record).position();
            assertThat(position.bound().value())
                    .isGreaterThanOrEqualTo(source.path("lsn").asLong());
            assertThat(position.committedAt())
                    .isEqualTo(micros(source.path("ts_us").asLong()));
        }
        assertThat(commits).isSorted();
        assertThat(streamed.stream()
                        .map(record -> decoder.decode(record).position().bound()))
                .as("bounds never go back, as the events' own LSNs do")
                .isSorted();
    }

    @Test
    void tellsTheKindOfEveryEventOfTheRealRun() {
        assertThat(Samples.of("plain.jsonl").stream()
                        .filter(record -> record.value() != null)
                        .map(record -> tuple(
                                Samples.tree(new String(record.value(), UTF_8))
                                        .path("op")
                                        .asText()
                                        .equals("r"),
                                decoder.decode(record).position().kind()))
                        .distinct())
                .containsExactlyInAnyOrder(tuple(true, Kind.SNAPSHOT), tuple(false, Kind.STREAMED));
    }

    @Test
    void findsThePayloadBesideItsSchema() {
        JsonNode source =
                Samples.tree(new String(Samples.withSchema().value(), UTF_8)).at("/payload/source");
        ChangePosition position = decoder.decode(Samples.withSchema()).position();
        assertThat(position.kind()).isEqualTo(Kind.STREAMED);
        assertThat(position.committedAt()).isEqualTo(micros(source.path("ts_us").asLong()));
    }

    @Test
    void readsFlattenedEventsByTheirAddedFieldsAndHeaders() {
        List<Decoded> decoded =
                Samples.of("flattened.jsonl").stream().map(decoder::decode).toList();
        assertThat(decoded.get(0).position()).isEqualTo(streamed(30846048, micros(1795465676759761L)));
        assertThat(decoded.get(3).position()).isEqualTo(streamed(30846624, micros(1795465676808275L)));
        assertThat(decoded.get(4)).isEqualTo(Decoded.none("a tombstone"));
        assertThat(decoded.get(5).position()).isEqualTo(new ChangePosition(null, null, Kind.SNAPSHOT));
    }

    /** As SimpleHeaderConverter, StringConverter and JsonConverter, with and without schemas, write them. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "[\"100\",\"120\"] | c",
                "\"[\\\"100\\\",\\\"120\\\"]\" | \"c\"",
                "{\"schema\":{\"type\":\"string\"},\"payload\":\"[\\\"100\\\",\\\"120\\\"]\"} | {\"payload\":\"c\"}"
            })
    void readsHeadersOfAnyHeaderConverter(String sequence, String op) {
        Map<String, String> headers = Map.of(
                "__source_sequence", sequence, "__op", op, "__source_ts_us", "7", "__debezium.context.taskId", "0");
        assertThat(decode("{\"id\":7}", headers)).isEqualTo(streamed(120, micros(7)));
        assertThat(decode("not JSON", headers))
                .as("headers tell it whatever the value is")
                .isEqualTo(streamed(120, micros(7)));
    }

    @Test
    void aFlattenedEventThatMayBeOfASnapshotIsBoundedByTheCommitBeforeItOnly() {
        String sequence = "\"__source_sequence\":\"[\\\"100\\\",\\\"120\\\"]\",\"__source_ts_us\":7";
        assertThat(decode("{" + sequence + "}")).isEqualTo(new ChangePosition(new Lsn(100), null, Kind.OTHER));
        assertThat(decode("{\"__op\":\"r\"," + sequence + "}"))
                .isEqualTo(new ChangePosition(new Lsn(100), null, Kind.SNAPSHOT));
        assertThat(decode("{\"__snapshot\":\"true\"," + sequence + "}").kind()).isEqualTo(Kind.SNAPSHOT);
        assertThat(decode("{\"__source_snapshot\":\"false\"," + sequence + "}")).isEqualTo(streamed(120, micros(7)));
        assertThat(decode(ROW)).isEqualTo(streamed(120, null));
        assertThat(problem("{\"__source_sequence\":\"[null,\\\"120\\\"]\"}")).contains("add.fields");
    }

    /** Added without "source." these are the times at which the connector made the event. */
    @Test
    void takesNoProcessingTimeForACommitTime() {
        String row = ROW.replace("\"__op\"", "\"__ts_ms\":5,\"__ts_us\":5000,\"ts_ms\":5,\"__op\"");
        assertThat(decode(row).committedAt()).isNull();
        assertThat(decode(row.replace("\"__ts_us\"", "\"__source_ts_ms\":9,\"__ts_us\""))
                        .committedAt())
                .isEqualTo(Instant.ofEpochMilli(9));
    }

    @Test
    void columnsAreNotTakenForEnvelopes() {
        assertThat(decode(ROW.replace("{\"id\"", "{\"payload\":{\"op\":\"r\"},\"schema\":1,\"id\"")))
                .isEqualTo(streamed(120, null));
        assertThat(problem("{\"source\":\"web\",\"op\":\"c\",\"lsn\":1}")).contains("without source.sequence");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"op\":\"c\",\"source\":{\"lsn\":5}} | older than Debezium",
                "{\"id\":\"top-secret\"} | add source.sequence,source.lsn,source.ts_us,op to add.fields or add.headers",
                "{\"op\":\"c\",\"source\":{\"sequence\":\"top-secret\"}} | not as the PostgreSQL connector writes it",
                "{\"op\":\"c\",\"source\":{\"sequence\":\"[1]\"}} | not as the PostgreSQL connector writes it",
                "{\"op\":\"c\",\"source\":{\"sequence\":\"[null,null]\"}} | without an LSN",
                "{\"op\":\"c\",\"source\":{\"sequence\":\"[\\\"1\\\",\\\"2\\\"]\",\"lsn\":\"top-secret\"}} | not as the",
                "top-secret | not JSON: name the converter of its topics in pipelines.shop.value.converter",
                "{\"id\":\"top-secret\" | not JSON",
                "\"top-secret\" | not an object"
            })
    void saysWhyThereIsNoPositionAndNothingOfTheRecord(String value, String reason) {
        assertThat(problem(value)).contains(reason).doesNotContain("secret");
    }

    @Test
    void knowsTheFirstBytesOfARegistrysConverter() {
        byte[] avro = {0, 0, 0, 0, 12, 4, 'x'};
        assertThat(decoder.decode(Samples.record("t", 0, new RecordHeaders(), avro))
                        .problem())
                .contains("schema registry")
                .contains("pipelines.shop.value.converter");
    }

    @Test
    void skipsARowOfMegabytes() {
        String row = "\"before\":null,\"after\":{\"x\":\"" + "\\u00e9[{".repeat(800_000) + "\"},";
        assertThat(decode(envelope("c", "\"sequence\":\"[null,\\\"90\\\"]\"")
                                .replaceFirst("\\{", "{" + row.replace("\\", "\\\\")))
                        .bound())
                .isEqualTo(new Lsn(90));
    }

    @Test
    void tellsWhenTheConnectorMadeAHeartbeat() {
        assertThat(decoder.emittedAt(Samples.record("{\"ts_ms\":1795465522370}")))
                .isEqualTo(1795465522370L);
        assertThat(decoder.emittedAt(Samples.record("{\"schema\":{},\"payload\":{\"ts_ms\":5}}")))
                .isEqualTo(5);
        assertThat(decoder.emittedAt(Samples.record("{\"other\":5}"))).isNull();
        assertThat(decoder.emittedAt(Samples.record("no"))).isNull();
    }

    private static String envelope(String op, String source) {
        return "{\"source\":{\"ts_ms\":9,\"ts_us\":1795600800000007," + source + "},\"op\":\"" + op + "\",\"ts_ms\":3}";
    }

    private static ChangePosition streamed(long bound, Instant committedAt) {
        return new ChangePosition(new Lsn(bound), committedAt, Kind.STREAMED);
    }

    private static Instant micros(long micros) {
        return Instant.EPOCH.plusNanos(micros * 1_000);
    }

    private ChangePosition decode(String value) {
        return decode(value, Map.of());
    }

    private ChangePosition decode(String value, Map<String, String> headers) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, text) -> all.add(name, text.getBytes(UTF_8)));
        Decoded decoded = decoder.decode(Samples.record("t", 0, all, value.getBytes(UTF_8)));
        assertThat(decoded.problem()).isNull();
        return decoded.position();
    }

    private String problem(String value) {
        Decoded decoded = decoder.decode(Samples.record(value));
        assertThat(decoded.position()).isNull();
        return decoded.problem();
    }
}
