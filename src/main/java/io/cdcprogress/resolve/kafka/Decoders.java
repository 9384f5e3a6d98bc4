package io.cdcprogress.resolve.kafka;

import io.cdcprogress.observe.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/** The decoders of the pipelines, each made when it is first needed. */
final class Decoders implements AutoCloseable {
    private final Function<String, ChangeDecoder> newDecoder;
    private final Map<String, ChangeDecoder> decoders = new HashMap<>();
    private Deadline deadline;

    Decoders(Function<String, ChangeDecoder> newDecoder) {
        this.newDecoder = newDecoder;
    }

    /** Begins another reading. */
    void begin(Deadline ofReading) {
        deadline = ofReading;
        decoders.values().forEach(decoder -> decoder.begin(ofReading));
    }

    ChangeDecoder of(String pipeline) {
        return decoders.computeIfAbsent(pipeline, name -> {
            ChangeDecoder decoder = newDecoder.apply(name);
            decoder.begin(deadline);
            return decoder;
        });
    }

    @Override
    public void close() {
        decoders.values().forEach(ChangeDecoder::close);
    }
}
