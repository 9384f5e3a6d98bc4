package io.cdcprogress.config;

import java.util.Map;

/**
 * How to decode a pipeline's change events.
 *
 * @param className the converter's class; null for JSON, with or without schema, told by itself
 * @param settings what the converter is configured with; may hold secrets
 */
public record ConverterSettings(String className, Map<String, Object> settings) {
    public ConverterSettings {
        settings = Map.copyOf(settings);
    }

    /** For logs and errors: the names of the settings, and none of their values. */
    @Override
    public String toString() {
        return (className == null ? "JSON" : className) + " with " + settings.keySet();
    }
}
