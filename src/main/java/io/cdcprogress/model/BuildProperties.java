package io.cdcprogress.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** Versions that the build wrote down. */
public final class BuildProperties {
    private static final Properties PROPERTIES = read();

    private BuildProperties() {}

    private static Properties read() {
        try (InputStream resource = BuildProperties.class.getResourceAsStream("/io/cdcprogress/version.properties")) {
            Properties properties = new Properties();
            properties.load(resource);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException("version.properties is missing from the jar", e);
        }
    }

    /** Of this plugin. */
    public static String version() {
        return PROPERTIES.getProperty("version");
    }

    /** Of the library that draws the page's plots: a part of its files' path. */
    public static String uplotVersion() {
        return PROPERTIES.getProperty("uplot.version");
    }
}
