package io.cdcprogress.resolve.kafka;

import io.cdcprogress.config.ConverterSettings;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.convert.WorkerConverter;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.storage.Converter;

/** Decodes by a Connect converter, as a sink would. */
final class ConverterChangeDecoder implements ChangeDecoder {
    private final WorkerConverter converter;
    private final String key;

    private ConverterChangeDecoder(WorkerConverter converter, String key) {
        this.converter = converter;
        this.key = key;
    }

    /**
     * Loads the converter as the worker does.
     *
     * @throws NotDecoded if that fails: why, and what to write
     */
    static ChangeDecoder create(String pipeline, ConverterSettings settings) throws NotDecoded {
        String key = PipelineKeys.key(pipeline, PipelineKeys.VALUE_CONVERTER);
        String name = settings.className();
        try {
            return new ConverterChangeDecoder(WorkerConverter.create(name, settings.settings()), key);
        } catch (ClassNotFoundException e) {
            throw new NotDecoded("this worker has no class " + name
                    + ": install the converter's plugin on every worker, or name another in " + key);
        } catch (ClassCastException e) {
            throw new NotDecoded(
                    name + " is not a converter: name one that implements " + Converter.class.getName() + " in " + key);
        } catch (RuntimeException | LinkageError e) {
            throw new NotDecoded(name + " could not be set up: " + ConverterErrors.kinds(e) + "; check " + key + ".*");
        }
    }

    @Override
    public Decoded decode(ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
        if (record.value() == null) {
            return Decoded.none(PositionRules.TOMBSTONE);
        }
        try {
            EventFields fields = StructEvents.read(converted(record));
            return PositionRules.position(fields, record.headers(), "not a structure");
        } catch (RuntimeException | LinkageError e) {
            return PositionRules.position(null, record.headers(), lasting(e));
        }
    }

    @Override
    public Long emittedAt(ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
        try {
            return record.value() == null ? null : PositionRules.emittedAt(StructEvents.read(converted(record)));
        } catch (RuntimeException | LinkageError e) {
            lasting(e);
            return null;
        }
    }

    /** Why the record can't be decoded at all. */
    private String lasting(Throwable error) throws NotDecoded {
        String problem = converter.name() + " could not decode it: " + ConverterErrors.kinds(error) + "; check " + key;
        if (!ConverterErrors.lasting(error)) {
            throw new NotDecoded(problem);
        }
        return problem;
    }

    private Object converted(ConsumerRecord<byte[], byte[]> record) {
        return converter.value(record.topic(), record.headers(), record.value());
    }

    @Override
    public void close() {
        converter.close();
    }
}
