package io.cdcprogress.stack;

import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The PostgreSQL releases that the build lays out, each of which resolves its own binaries. */
public enum PostgresRelease implements PgBinaryResolver {
    V12(12),
    V17(17),
    V18(18);

    private final int major;

    PostgresRelease(int major) {
        this.major = major;
    }

    public int major() {
        return major;
    }

    @Override
    public InputStream getPgBinary(String system, String machineHardware) throws IOException {
        List<Path> jars = TargetFolder.files(TargetFolder.stack("postgres-" + major), "*.jar");
        if (jars.size() != 1) {
            throw new IOException("one jar of binaries expected in target/stack/postgres-" + major + ", not " + jars);
        }
        try (ZipFile jar = new ZipFile(jars.get(0).toFile())) {
            ZipEntry archive = jar.stream()
                    .filter(entry -> entry.getName().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no .txz in " + jars));
            try (InputStream in = jar.getInputStream(archive)) {
                return new ByteArrayInputStream(in.readAllBytes());
            }
        }
    }

    @Override
    public String toString() {
        return "PostgreSQL " + major;
    }
}
