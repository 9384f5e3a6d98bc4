package io.cdcprogress.stack;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server as a child of this process; it says in a log where it listens. */
final class ServerProcess implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Path output;

    private ServerProcess(String name, Process process, Path output) {
        this.name = name;
        this.process = process;
        this.output = output;
    }

    /** @param output where what it prints goes */
    static ServerProcess start(String name, List<String> command, Path output) {
        return AtExit.stop(() -> {
            try {
                Files.createDirectories(output.getParent());
                File file = output.toFile();
                return new ServerProcess(
                        name,
                        new ProcessBuilder(command)
                                .redirectErrorStream(true)
                                .redirectOutput(file)
                                .start(),
                        output);
            } catch (IOException e) {
                throw new StackException(name + " did not start", e);
            }
        });
    }

    /** The first group of the pattern, once it stands in the log; null if the process has ended instead. */
    String awaitLogged(Path log, Pattern pattern) {
        String[] found = new String[1];
        await(name + " to say where it listens, in " + log)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    boolean ended = !process.isAlive();
                    found[0] = find(log, pattern);
                    return found[0] != null || ended;
                });
        return found[0];
    }

    private static String find(Path log, Pattern pattern) throws IOException {
        if (!Files.exists(log)) {
            return null;
        }
        Matcher matcher = pattern.matcher(Files.readString(log));
        return matcher.find() ? matcher.group(1) : null;
    }

    /** What it printed, for errors. */
    String printed() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, and makes it after a while. */
    @Override
    public void close() {
        AtExit.forget(this);
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
