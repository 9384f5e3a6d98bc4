package io.cdcprogress.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PostgresRelease;
import io.cdcprogress.stack.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What docker/compose.yml makes, from the same files, without containers: only the addresses are this machine's. */
final class ComposedPipeline implements AutoCloseable {
    static final String SOURCE = "orders-source";
    static final String SINK = "orders-sink";

    private static final Path DOCKER = Path.of("docker");
    private static final String COMMENT = "(?m)^--.*$";

    final Database database = EmbeddedDatabase.start(PostgresRelease.V17);
    final Broker broker = EmbeddedBroker.start();
    final Worker worker = ConnectWorker.start(KafkaRelease.V4_3, broker);

    ComposedPipeline() {
        database.createDatabase("orders");
        String sql = read(DOCKER.resolve(Path.of("postgres", "init.sql")));
        for (String statement : statements(sql)) {
            database.execute("orders", statement);
        }
        for (String connector : List.of(SOURCE, SINK, "cdc-progress")) {
            worker.rest().create(connector(connector));
            worker.rest().awaitRunning(connector);
        }
    }

    static List<String> statements(String sql) {
        return List.of(sql.replaceAll(COMMENT, "").split(";\\s*\n")).stream()
                .map(String::strip)
                .filter(statement -> !statement.isEmpty())
                .toList();
    }

    private JsonNode connector(String name) {
        String postgres = database.workerAddress().host();
        String port = String.valueOf(database.workerAddress().port());
        String json = read(DOCKER.resolve(Path.of("connectors", name + ".json")))
                .replace("\"postgres\"", "\"" + postgres + "\"")
                .replace("\"5432\"", "\"" + port + "\"")
                .replace("postgres:5432", postgres + ":" + port)
                .replace("kafka:9092", broker.workerBootstrapServers())
                .replace("http://connect:8083", worker.rest().url().toString());
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
