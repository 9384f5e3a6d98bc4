package io.cdcprogress.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The build's folder. Whatever the stack writes lies below it. */
public final class TargetFolder {
    private static final Path ROOT = Path.of("target").toAbsolutePath();

    private TargetFolder() {}

    public static Path root() {
        return ROOT;
    }

    /** What the build laid out under {@code target/stack}. */
    public static Path stack(String part) {
        Path folder = ROOT.resolve("stack").resolve(part);
        if (!Files.isDirectory(folder)) {
            throw new StackException("target/stack/" + part + " is missing; mvn pre-integration-test lays it out");
        }
        return folder;
    }

    /** A new folder of its own, for one run's data. */
    public static Path fresh(String name) {
        try {
            Path parent = Files.createDirectories(ROOT.resolve("run"));
            return Files.createTempDirectory(parent, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The files of a folder that match a glob, in the order of their names. */
    public static List<Path> files(Path folder, String glob) {
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder, glob)) {
            List<Path> files = new ArrayList<>();
            stream.forEach(files::add);
            files.sort(null);
            return List.copyOf(files);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
