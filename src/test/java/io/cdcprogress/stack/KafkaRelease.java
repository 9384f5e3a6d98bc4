package io.cdcprogress.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The releases of Kafka Connect that the tests run: the oldest that is supported, and the newest. */
public enum KafkaRelease {
    V3_9("3.9"),
    V4_3("4.3");

    private static final Map<KafkaRelease, ClassLoader> LOADERS = new EnumMap<>(KafkaRelease.class);

    private final String minor;

    KafkaRelease(String minor) {
        this.minor = minor;
    }

    /** As {@code 4.3.1}, read from the name of the jar that the build laid out. */
    public String version() {
        String jar = TargetFolder.files(folder(), "connect-runtime-*.jar")
                .get(0)
                .getFileName()
                .toString();
        return jar.substring("connect-runtime-".length(), jar.length() - ".jar".length());
    }

    /** Sees the JDK and this release's jars, nothing of the tests. One for all workers of a release: classes load once. */
    public ClassLoader loader() {
        synchronized (LOADERS) {
            return LOADERS.computeIfAbsent(this, KafkaRelease::newLoader);
        }
    }

    private ClassLoader newLoader() {
        List<Path> jars = TargetFolder.files(folder(), "*.jar");
        URL[] urls = jars.stream().map(Path::toUri).map(KafkaRelease::url).toArray(URL[]::new);
        return new URLClassLoader("worker-" + minor, urls, ClassLoader.getPlatformClassLoader());
    }

    /** For a worker in a process of its own. */
    String classPath() {
        return TargetFolder.files(folder(), "*.jar").stream()
                .map(Path::toString)
                .collect(Collectors.joining(File.pathSeparator));
    }

    private static URL url(URI uri) {
        try {
            return uri.toURL();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        return TargetFolder.stack("worker-" + minor);
    }

    @Override
    public String toString() {
        return "Connect " + minor;
    }
}
