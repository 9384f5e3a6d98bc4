package io.cdcprogress.quickstart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The connector's JSON as a user copies it; only addresses and the pace are this machine's. */
final class Example {
    private final JsonNode connector;
    private final ObjectNode config;

    Example(Path file) {
        try {
            connector = new ObjectMapper().readTree(file.toFile());
            config = (ObjectNode) connector.get("config");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return connector.get("name").asText();
    }

    String setting(String key) {
        return config.path(key).asText();
    }

    /** The role that the connector logs in as: no superuser, it may only look. */
    void createRole(Database database) {
        String role = setting("database.user");
        database.execute(
                "postgres",
                "CREATE ROLE " + role + " LOGIN PASSWORD '" + setting("database.password") + "'",
                "GRANT pg_monitor TO " + role);
    }

    JsonNode on(Broker broker, Worker worker) {
        config.put("kafka.bootstrap.servers", broker.workerBootstrapServers());
        config.put("connect.url", worker.rest().url().toString());
        config.put("poll.interval.ms", "1000");
        config.put("flush.interval.ms", "1000");
        return connector;
    }
}
