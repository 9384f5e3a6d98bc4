package io.cdcprogress.convert;

import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.connect.storage.Converter;

/** A converter of values, loaded as the worker does. What it throws is the converter's, and may show what it stumbled over. */
public final class WorkerConverter implements AutoCloseable {
    private final Converter converter;

    private WorkerConverter(Converter converter) {
        this.converter = converter;
    }

    /**
     * Makes it and configures it, for values.
     *
     * @param name of its class, or an alias that the worker knows
     * @throws ClassNotFoundException if the worker has none of that name
     * @throws ClassCastException if it is no converter
     */
    public static WorkerConverter create(String name, Map<String, ?> settings) throws ClassNotFoundException {
        // The class loader of our plugin's folder asks the worker's, which knows the converters of all the others.
        Class<?> type = WorkerConverter.class.getClassLoader().loadClass(name);
        return new WorkerConverter(in(type.getClassLoader(), () -> {
            Converter converter = Utils.newInstance(type.asSubclass(Converter.class));
            converter.configure(settings, false);
            return converter;
        }));
    }

    /** The name of its class. */
    public String name() {
        return converter.getClass().getName();
    }

    /** The value in Connect's form; null for null. */
    public Object value(String topic, Headers headers, byte[] value) {
        return in(
                converter.getClass().getClassLoader(),
                () -> converter.toConnectData(topic, headers, value).value());
    }

    /** Closes the converter, if it can be closed; nothing depends on it any more. */
    @Override
    public void close() {
        Object closeable = converter;
        if (closeable instanceof AutoCloseable open) {
            in(converter.getClass().getClassLoader(), () -> closed(open));
        }
    }

    private static boolean closed(AutoCloseable converter) {
        try {
            converter.close();
            return true;
        } catch (Exception e) {
            return false;
        }
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
