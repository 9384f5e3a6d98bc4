package io.cdcprogress.rest;

import io.cdcprogress.convert.WorkerConverter;
import org.apache.kafka.common.config.ConfigException;

/** The converter that the worker's properties name. */
final class ValueConverter {
    private ValueConverter() {}

    /** @throws ConfigException if that fails: why, and what to write */
    static WorkerConverter create(ReaderSettings settings) {
        String name = settings.converter();
        String key = ReaderSettings.VALUE_CONVERTER;
        try {
            return WorkerConverter.create(name, settings.converterSettings());
        } catch (ClassNotFoundException e) {
            throw new ConfigException("this worker has no class " + name + ": install the converter's plugin on every"
                    + " worker, or name another in " + key);
        } catch (ClassCastException e) {
            throw new ConfigException(name + " is not a converter: name one in " + key);
        } catch (RuntimeException | LinkageError e) {
            // Its message may hold the value of a setting.
            throw new ConfigException(
                    name + " could not be set up (" + e.getClass().getSimpleName() + "): check " + key
                            + ".*, or the worker's value.converter.* where that is not given");
        }
    }
}
