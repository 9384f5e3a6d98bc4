package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.cdcprogress.config.ConverterSettings;
import io.cdcprogress.observe.Deadline;
import java.io.Closeable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.storage.Converter;
import org.apache.kafka.connect.storage.StringConverter;
import org.junit.jupiter.api.Test;

class ConverterChangeDecoderTest {
    private final JsonChangeDecoder json = new JsonChangeDecoder("shop");

    @Test
    void decodesStructuresAsJsonIsDecoded() throws Exception {
        Decoded decoded =
                decoder(JsonConverter.class, Map.of("schemas.enable", true)).decode(Samples.withSchema());
        assertThat(decoded.problem()).isNull();
        assertThat(decoded).isEqualTo(json.decode(Samples.withSchema()));
    }

    @Test
    void decodesMapsAsJsonIsDecoded() throws Exception {
        ChangeDecoder decoder = decoder(JsonConverter.class, Map.of("schemas.enable", false));
        for (String file : List.of("plain.jsonl", "flattened.jsonl")) {
            for (ConsumerRecord<byte[], byte[]> record : Samples.of(file)) {
                assertThat(decoder.decode(record)).isEqualTo(json.decode(record));
            }
        }
        assertThat(decoder.emittedAt(Samples.record("{\"ts_ms\":1795465522370}")))
                .isEqualTo(1795465522370L);
    }

    @Test
    void aWrongNameIsToldWithWhatToWrite() throws Exception {
        assertThat(refusal("com.example.NoSuchConverter", Map.of()))
                .contains("no class com.example.NoSuchConverter")
                .contains("pipelines.shop.value.converter");
        assertThat(refusal("java.lang.String", Map.of())).contains("java.lang.String is not a converter");
        assertThat(ChangeDecoder.of("shop", new ConverterSettings("no.Such", Map.of()))
                        .decode(Samples.record("t", 0, new RecordHeaders(), null)))
                .isEqualTo(Decoded.none("a tombstone"));
    }

    @Test
    void settingsThatTheConverterRefusesAreToldWithoutTheirValues() {
        assertThat(refusal(Picky.class.getName(), Map.of("registry", "top-secret")))
                .contains("could not be set up: ConfigException")
                .contains("check pipelines.shop.value.converter.*")
                .doesNotContain("secret");
        assertThat(refusal(Picky.class.getName(), Map.of()))
                .contains("Missing required configuration \"registry\" which has no default value.");
    }

    @Test
    void aRecordThatTheConverterRefusesIsAnAnswerWithoutItsContent() throws Exception {
        ChangeDecoder decoder = decoder(Picky.class, Map.of("registry", "fine"));
        assertThat(decoder.decode(Samples.record("top-secret")).problem())
                .contains("could not decode it: DataException, caused by IllegalStateException")
                .doesNotContain("secret");
        assertThat(decoder.emittedAt(Samples.record("top-secret"))).isNull();
    }

    @Test
    void whatIsNoStructureHasNoPosition() throws Exception {
        assertThat(decoder(StringConverter.class, Map.of())
                        .decode(Samples.record("top-secret"))
                        .problem())
                .isEqualTo("not a structure");
    }

    @Test
    void theConverterIsClosedAndSeesItsOwnClassLoader() throws Exception {
        Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
        try {
            ChangeDecoder decoder = decoder(Picky.class, Map.of("registry", "fine"));
            decoder.emittedAt(Samples.record("{}"));
            assertThat(Picky.contextOfTheLast).isSameAs(Picky.class.getClassLoader());
            assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(ClassLoader.getPlatformClassLoader());
            decoder.close();
            await().untilAsserted(() -> assertThat(Picky.closed).isTrue());
        } finally {
            Thread.currentThread().setContextClassLoader(getClass().getClassLoader());
        }
    }

    @Test
    void theNamesAloneAreShownOfAConvertersSettings() {
        assertThat(new ConverterSettings("a.B", Map.of("password", "top-secret")))
                .hasToString("a.B with [password]");
    }

    private static ChangeDecoder decoder(Class<?> converter, Map<String, Object> settings) {
        return decoder(converter.getName(), settings);
    }

    private static ChangeDecoder decoder(String className, Map<String, Object> settings) {
        ChangeDecoder decoder = ChangeDecoder.of("shop", new ConverterSettings(className, settings));
        decoder.begin(Deadline.in(Duration.ofMinutes(5)));
        return decoder;
    }

    private static String refusal(String className, Map<String, Object> settings) {
        return assertThrows(NotDecoded.class, () -> decoder(className, settings).decode(Samples.record("{}")))
                .getMessage();
    }

    /** Refuses like those of schema registries. */
    public static final class Picky implements Converter, Closeable {
        private static ClassLoader contextOfTheLast;
        private static volatile boolean closed;

        @Override
        public void configure(Map<String, ?> configs, boolean isKey) {
            contextOfTheLast = Thread.currentThread().getContextClassLoader();
            closed = false;
            if (!configs.containsKey("registry")) {
                throw new ConfigException("Missing required configuration \"registry\" which has no default value.");
            }
            if (!configs.get("registry").equals("fine")) {
                throw new ConfigException("registry", configs.get("registry"));
            }
        }

        @Override
        public byte[] fromConnectData(String topic, Schema schema, Object value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            String text = new String(value, UTF_8);
            throw new DataException(text, new IllegalStateException(text));
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
