package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParseException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConverterErrorsTest {
    static Stream<Throwable> ofTheRecord() {
        return Stream.of(
                new DataException("a"),
                new SerializationException("a"),
                new DataException("a", new SerializationException("a", new IllegalStateException())),
                // What Avro's and JSON's parsers say of bytes that are none of theirs.
                new DataException("a", new SerializationException("a", new EOFException())),
                new DataException("a", new SerializationException(new JsonParseException(null, "a"))),
                new DataException("a", new SerializationException("a", new InvalidProtocolBufferException())));
    }

    static Stream<Throwable> ofTheMoment() {
        return Stream.of(
                new RetriableException("a"),
                new DataException("a", new org.apache.kafka.common.errors.TimeoutException("a")),
                new DataException("a", new SerializationException("a", new ConnectException())),
                new DataException("a", new SerializationException("a", new SocketTimeoutException())),
                new DataException("a", new SerializationException("a", new SSLHandshakeException("a"))),
                new DataException("a", new SerializationException("a", new IOException("503"))),
                new DataException("a", new SerializationException("a", new RestClientException())),
                new DataException("a", new java.util.concurrent.TimeoutException()),
                new UncheckedIOException(new IOException("reset")),
                // What the registry refuses, and what is missing on the worker.
                new ConfigException("a"),
                new NoClassDefFoundError("a"));
    }

    @ParameterizedTest
    @MethodSource("ofTheRecord")
    void whatTheRecordIsAtFaultForLasts(Throwable error) {
        assertThat(ConverterErrors.lasting(error)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("ofTheMoment")
    void whatMayPassDoesNot(Throwable error) {
        assertThat(ConverterErrors.lasting(error)).isFalse();
    }

    /** As Confluent's client has it, which is no IOException. */
    private static final class RestClientException extends Exception {
        private static final long serialVersionUID = 1;
    }

    /** As Protobuf has it. */
    private static final class InvalidProtocolBufferException extends IOException {
        private static final long serialVersionUID = 1;
    }
}
