package io.cdcprogress.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The folder for a worker's {@code plugin.path}, with one folder per plugin: Debezium's two, and this project's. */
public final class PluginFolders {
    private static final String PROJECT = "kafka-connect-cdc-progress";

    private PluginFolders() {}

    /** This project's plugin is in it as its users get it: the zip that the build made last, unpacked. */
    public static synchronized Path path() {
        Path plugins = TargetFolder.stack("plugins");
        Path folder = plugins.resolve(PROJECT);
        Path zip = zip();
        try {
            if (!Files.exists(folder)
                    || Files.getLastModifiedTime(folder).compareTo(Files.getLastModifiedTime(zip)) < 0) {
                delete(folder);
                unpack(zip, folder);
            }
            return plugins;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path zip() {
        String name = PROJECT + "-" + System.getProperty("cdc.project.version", "*") + ".zip";
        List<Path> zips = TargetFolder.files(TargetFolder.root(), name);
        if (zips.size() != 1) {
            throw new StackException("one target/" + name + " expected, found " + zips + "; mvn package builds it");
        }
        return zips.get(0);
    }

    private static void unpack(Path zip, Path folder) throws IOException {
        Path unpacked = TargetFolder.fresh("plugin");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                Path file = unpacked.resolve(entry.getName()).normalize();
                if (!file.startsWith(unpacked)) {
                    throw new IOException("the zip leaves its folder: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(in, file);
                }
            }
        }
        Files.move(unpacked, folder, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
