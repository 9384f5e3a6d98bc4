package io.cdcprogress.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A worker in a process of its own, with Prometheus's JMX exporter as its agent, as its users run it. */
public final class WorkerProcess implements Worker {
    private static final Pattern LISTENS = Pattern.compile("advertising URL (\\S+)");
    private static final int TRIES = 5;

    private final ServerProcess process;
    private final Address metrics;
    private final ConnectRest rest;

    private WorkerProcess(ServerProcess process, Address metrics, ConnectRest rest) {
        this.process = process;
        this.metrics = metrics;
        this.rest = rest;
    }

    /**
     * A worker in a Connect cluster of its own.
     *
     * @param exporterConfig of the agent
     */
    public static WorkerProcess start(KafkaRelease release, Broker broker, Path exporterConfig) {
        return start(release, broker, Unique.name("worker"), Map.of(), exporterConfig);
    }

    public static WorkerProcess start(
            KafkaRelease release, Broker broker, String cluster, Map<String, String> more, Path exporterConfig) {
        String printed = "";
        for (int i = 0; i < TRIES; i++) {
            // The agent does not tell its port, and ends the process where it is taken.
            Address metrics = new Address("127.0.0.1", FreePort.find());
            String log = Unique.name(cluster);
            ServerProcess process = ServerProcess.start(
                    release + " (a process)",
                    command(
                            release,
                            settings(broker, cluster, more),
                            metrics + ":" + exporterConfig.toAbsolutePath(),
                            log),
                    logFile(log + ".out"));
            String url = process.awaitLogged(logFile(log + ".log"), LISTENS);
            if (url != null) {
                ConnectRest rest = new ConnectRest(URI.create(url));
                rest.awaitReady();
                return new WorkerProcess(process, metrics, rest);
            }
            printed = process.printed();
            process.close();
        }
        throw new StackException(release + " did not start as a process: " + printed);
    }

    private static Map<String, String> settings(Broker broker, String cluster, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", "http://127.0.0.1:0");
        settings.put("plugin.path", PluginFolders.path().toString());
        settings.putAll(more);
        return WorkerSettings.of(cluster, broker.workerBootstrapServers(), settings);
    }

    private static List<String> command(KafkaRelease release, Map<String, String> settings, String agent, String log) {
        Path properties = TargetFolder.fresh("worker").resolve("connect.properties");
        try {
            Files.writeString(
                    properties,
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-javaagent:"
                        + TargetFolder.files(TargetFolder.stack("jmx-exporter"), "*.jar")
                                .get(0) + "=" + agent,
                "-Dlog4j2.configurationFile="
                        + Path.of("src", "test", "resources", "log4j2-test.xml").toAbsolutePath(),
                "-Dlog.name=" + log,
                "-cp",
                release.classPath(),
                "org.apache.kafka.connect.cli.ConnectDistributed",
                properties.toString());
    }

    private static Path logFile(String name) {
        return TargetFolder.root().resolve("logs").resolve(name);
    }

    @Override
    public ConnectRest rest() {
        return rest;
    }

    /** Where Prometheus scrapes it. */
    public Address metrics() {
        return metrics;
    }

    @Override
    public void close() {
        process.close();
    }
}
