package io.cdcprogress.stack;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A PostgreSQL server as a child process. */
public final class EmbeddedDatabase implements Database {
    /** Only the superuser is trusted: tests check what a wrong password does. The first line that matches counts. */
    private static final String HOST_BASED_AUTHENTICATION = """
            # TYPE DATABASE USER ADDRESS METHOD
            host all         postgres 127.0.0.1/32 trust
            host all         postgres ::1/128      trust
            host replication postgres 127.0.0.1/32 trust
            host replication postgres ::1/128      trust
            host all         all      all          scram-sha-256
            host replication all      all          scram-sha-256
            """;

    private final EmbeddedPostgres postgres;

    private EmbeddedDatabase(EmbeddedPostgres postgres) {
        this.postgres = postgres;
    }

    public static EmbeddedDatabase start(PostgresRelease release) {
        return start(release, Map.of());
    }

    /** The settings are server parameters; they go through a shell, so no blanks in them. */
    public static EmbeddedDatabase start(PostgresRelease release, Map<String, String> settings) {
        Path working = TargetFolder.root().resolve("postgres");
        // Its own default is a folder beside all projects; left-overs of killed runs are found and stopped there.
        System.setProperty("ot.epg.working-dir", working.toString());
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPgBinaryResolver(release)
                .setOverrideWorkingDirectory(working.toFile())
                .setDataDirectory(working.resolve("data-" + Unique.name()))
                .setDataDirectoryCustomizer(EmbeddedDatabase::checkPasswords)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(Duration.ofSeconds(60))
                .setLocaleConfig("locale", "C")
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("password_encryption", "scram-sha-256")
                .setServerConfig("wal_level", "logical")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("track_commit_timestamp", "on")
                .setServerConfig("max_replication_slots", "20")
                .setServerConfig("max_wal_senders", "20");
        settings.forEach(builder::setServerConfig);
        return AtExit.stop(() -> {
            try {
                return new EmbeddedDatabase(builder.start());
            } catch (IOException | RuntimeException e) {
                throw new StackException(release + " did not start", e);
            }
        });
    }

    private static void checkPasswords(File dataFolder) {
        try {
            Files.writeString(dataFolder.toPath().resolve("pg_hba.conf"), HOST_BASED_AUTHENTICATION);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Address address() {
        return new Address("localhost", postgres.getPort());
    }

    @Override
    public void close() {
        AtExit.forget(this);
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
