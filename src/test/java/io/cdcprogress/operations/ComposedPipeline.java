package io.cdcprogress.operations;

import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PostgresRelease;
import io.cdcprogress.stack.TargetFolder;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What docker/compose.yml makes, from the same files, without containers: only addresses and pace are this machine's. */
final class ComposedPipeline implements AutoCloseable {
    static final String SOURCE = "orders-source";
    static final String SINK = "orders-sink";

    private static final Path DOCKER = Path.of("docker");
    private static final String COMMENT = "(?m)^--.*$";

    private static final Path EXPORTER = Path.of("config", "prometheus", "jmx-exporter.yml");
    /** As the compose file starts the server. */
    private static final Map<String, String> SETTINGS = Map.of("max_slot_wal_keep_size", "4GB");

    final Database database = EmbeddedDatabase.start(PostgresRelease.V17, SETTINGS);
    final Broker broker = EmbeddedBroker.start();
    final WorkerProcess worker = WorkerProcess.start(
            KafkaRelease.V4_3,
            broker,
            Unique.name("compose"),
            Map.of("rest.extension.classes", "io.cdcprogress.rest.CdcProgressRestExtension"),
            EXPORTER);

    ComposedPipeline() {
        database.createDatabase("orders");
        String sql = read(DOCKER.resolve(Path.of("postgres", "init.sql")));
        for (String statement : statements(sql)) {
            database.execute("orders", statement);
        }
        createConnectors();
        List.of(SOURCE, SINK, "cdc-progress").forEach(worker.rest()::awaitRunning);
    }

    private void createConnectors() {
        try {
            Path folder = TargetFolder.fresh("connectors");
            for (String connector : List.of(SOURCE, SINK, "cdc-progress")) {
                Files.writeString(folder.resolve(connector + ".json"), connector(connector));
            }
            // Twice, as when the containers are started again.
            for (int time = 0; time < 2; time++) {
                ProcessBuilder builder = new ProcessBuilder(
                                "sh",
                                DOCKER.resolve("connectors")
                                        .resolve("create.sh")
                                        .toString(),
                                folder.toString())
                        .inheritIO();
                builder.environment().put("CONNECT", url());
                if (builder.start().waitFor() != 0) {
                    throw new IllegalStateException("create.sh failed; see above");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Of Connect REST, without a slash at its end. */
    String url() {
        return worker.rest().url().toString().replaceFirst("/$", "");
    }

    static List<String> statements(String sql) {
        return List.of(sql.replaceAll(COMMENT, "").split(";\\s*\n")).stream()
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private String connector(String name) {
        String postgres = database.workerAddress().host();
        String port = String.valueOf(database.workerAddress().port());
        return read(DOCKER.resolve(Path.of("connectors", name + ".json")))
                .replace("\"postgres\"", "\"" + postgres + "\"")
                .replace("\"5432\"", "\"" + port + "\"")
                .replace("postgres:5432", postgres + ":" + port)
                .replace("kafka:9092", broker.workerBootstrapServers())
                .replace("http://connect:8083", url())
                .replace("\"poll.interval.ms\": \"10000\"", "\"poll.interval.ms\": \"1000\"");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void insert(String name) {
        database.execute("orders", "INSERT INTO customers (name) VALUES ('" + name + "')");
    }

    boolean arrived(String name) {
        return database.query("warehouse", "SELECT to_regclass('public.customers')") != null
                && database.query("warehouse", "SELECT name FROM customers WHERE name = '" + name + "'") != null;
    }

    @Override
    public void close() {
        worker.close();
        broker.close();
        database.close();
    }
}
