package io.cdcprogress.rest;

import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.storage.Converter;

/** A converter of the worker, loaded as the worker does. */
final class ValueConverter {
    private final Converter converter;

    private ValueConverter(Converter converter) {
        this.converter = converter;
    }

    /** @throws ConfigException if that fails: why, and what to write */
    static ValueConverter create(ReaderSettings settings) {
        String name = settings.converter();
        String key = ReaderSettings.VALUE_CONVERTER;
        try {
            // Our folder's class loader asks the worker's, which knows all plugins, and them by their aliases too.
            Class<?> type = ValueConverter.class.getClassLoader().loadClass(name);
            return new ValueConverter(in(type.getClassLoader(), () -> {
                Converter converter = Utils.newInstance(type.asSubclass(Converter.class));
                converter.configure(settings.converterSettings(), false);
                return converter;
            }));
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

    Object value(ConsumerRecord<byte[], byte[]> record) {
        return in(
                converter.getClass().getClassLoader(),
                () -> converter
                        .toConnectData(record.topic(), record.headers(), record.value())
                        .value());
    }

    String name() {
        return converter.getClass().getName();
    }

    /** Converters look for classes of their own by the thread's class loader. */
    private static <T> T in(ClassLoader loader, Supplier<T> action) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.get();
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
