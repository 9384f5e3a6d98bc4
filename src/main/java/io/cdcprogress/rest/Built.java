package io.cdcprogress.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What the build wrote down: versions. */
final class Built {
    private static final Properties PROPERTIES = read();

    private Built() {}

    private static Properties read() {
        try (InputStream resource = Built.class.getResourceAsStream("/io/cdcprogress/version.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties is missing from the jar", e);
        }
    }

    static String version() {
        return PROPERTIES.getProperty("version");
    }

    static String uplotVersion() {
        return PROPERTIES.getProperty("uplot.version");
    }
}
