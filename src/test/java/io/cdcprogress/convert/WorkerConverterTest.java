package io.cdcprogress.convert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.storage.Converter;
import org.junit.jupiter.api.Test;

class WorkerConverterTest {
    private static boolean closed;

    /** Sees the class loader that its own classes are looked for in. */
    public static final class Probe implements Converter, AutoCloseable {
        private boolean key = true;
        private Object setting;

        @Override
        public void configure(Map<String, ?> settings, boolean isKey) {
            key = isKey;
            setting = settings.get("a");
        }

        @Override
        public byte[] fromConnectData(String topic, Schema schema, Object value) {
            throw new UnsupportedOperationException("nothing is written");
        }

        @Override
        public SchemaAndValue toConnectData(String topic, byte[] value) {
            boolean own = Thread.currentThread().getContextClassLoader() == Probe.class.getClassLoader();
            return new SchemaAndValue(
                    null, key + " " + setting + " " + own + " " + topic + " " + new String(value, UTF_8));
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    @Test
    void convertsValuesWithItsOwnClassLoaderAndClosesWhatItMade() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (WorkerConverter converter = WorkerConverter.create(Probe.class.getName(), Map.of("a", "b"))) {
            thread.setContextClassLoader(null);
            assertThat(converter.value("t", new RecordHeaders(), "v".getBytes(UTF_8)))
                    .isEqualTo("false b true t v");
            assertThat(thread.getContextClassLoader()).as("put back").isNull();
            assertThat(converter.name()).isEqualTo(Probe.class.getName());
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(closed).isTrue();
    }

    @Test
    void whatIsNoConverterIsToldFromWhatIsNotThere() {
        assertThatThrownBy(() -> WorkerConverter.create("no.such.Converter", Map.of()))
                .isInstanceOf(ClassNotFoundException.class);
        assertThatThrownBy(() -> WorkerConverter.create("java.lang.String", Map.of()))
                .isInstanceOf(ClassCastException.class);
    }
}
