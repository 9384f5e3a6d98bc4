package io.cdcprogress.resolve.kafka;

import java.io.CharConversionException;
import java.io.EOFException;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.connect.errors.DataException;
import org.apache.kafka.connect.errors.RetriableException;

/** What an error of a converter means. */
final class ConverterErrors {
    /** Made by parsers, out of the record's own bytes, and known by name: each converter brings its own. */
    private static final Set<String> OF_THE_CONTENT =
            Set.of("JsonProcessingException", "InvalidProtocolBufferException", "InvalidNumberEncodingException");

    /** The registry's answer: it may be put right there. */
    private static final String REFUSED_BY_REGISTRY = "RestClientException";

    private ConverterErrors() {}

    /** Whether the record itself is at fault, so that trying again can't help. */
    static boolean lasting(Throwable error) {
        List<Throwable> chain = chain(error);
        return chain.stream().noneMatch(ConverterErrors::passing)
                && chain.stream()
                        .anyMatch(cause -> cause instanceof DataException || cause instanceof SerializationException);
    }

    private static boolean passing(Throwable error) {
        return error instanceof RetriableException
                || error instanceof org.apache.kafka.common.errors.RetriableException
                || error instanceof TimeoutException
                || error.getClass().getSimpleName().equals(REFUSED_BY_REGISTRY)
                || (error instanceof IOException && !ofTheContent(error));
    }

    private static boolean ofTheContent(Throwable error) {
        return error instanceof EOFException
                || error instanceof CharConversionException
                || error instanceof UTFDataFormatException
                || Stream.<Class<?>>iterate(error.getClass(), type -> type != null, Class::getSuperclass)
                        .anyMatch(type -> OF_THE_CONTENT.contains(type.getSimpleName()));
    }

    /** Kinds alone: messages of decoders show what they stumbled over, and those about settings their values. */
    static String kinds(Throwable error) {
        return chain(error).stream().map(ConverterErrors::kind).collect(Collectors.joining(", caused by "));
    }

    private static String kind(Throwable error) {
        String message = String.valueOf(error.getMessage());
        boolean harmless = error instanceof ConfigException && message.startsWith("Missing required configuration");
        return error.getClass().getSimpleName() + (harmless ? " (" + message + ")" : "");
    }

    private static List<Throwable> chain(Throwable error) {
        List<Throwable> chain = new ArrayList<>();
        for (Throwable cause = error; cause != null && !chain.contains(cause); cause = cause.getCause()) {
            chain.add(cause);
        }
        return chain;
    }
}
