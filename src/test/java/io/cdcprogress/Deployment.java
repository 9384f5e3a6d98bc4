package io.cdcprogress;

import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** This connector with a name, a database role and topics of its own, deployed by Connect REST. */
public final class Deployment implements AutoCloseable {
    static final String CONNECTOR_CLASS = "io.cdcprogress.CdcProgressSourceConnector";
    public static final String PASSWORD = "not-to-be-seen-anywhere";

    final String name = Unique.name("progress");
    final Map<String, String> config = new HashMap<>();
    private final Broker broker;
    private ConnectRest connect;

    public Deployment(Database database, Broker broker) {
        this.broker = broker;
        createRole(database);
        config.put("connector.class", CONNECTOR_CLASS);
        config.put("tasks.max", "4");
        config.put("database.hostname", database.workerAddress().host());
        config.put("database.port", String.valueOf(database.workerAddress().port()));
        config.put("database.user", name);
        config.put("database.password", PASSWORD);
        config.put("kafka.bootstrap.servers", broker.workerBootstrapServers());
        config.put("progress.topic", name);
        config.put("partitions.topic", name + ".partitions");
        config.put("poll.interval.ms", "200");
        config.put("topic.creation.default.partitions", "1");
        config.put("topic.creation.default.replication.factor", "1");
    }

    private void createRole(Database database) {
        database.execute(
                "postgres",
                "CREATE ROLE \"%s\" LOGIN PASSWORD '%s'".formatted(name, PASSWORD),
                "GRANT pg_monitor TO \"%s\"".formatted(name));
    }

    /** Pipelines of another server than the first, which has the same role then. */
    public Deployment on(Database other, String... pipelines) {
        createRole(other);
        for (String pipeline : pipelines) {
            config.put(
                    "pipelines." + pipeline + ".database.hostname",
                    other.workerAddress().host());
            config.put(
                    "pipelines." + pipeline + ".database.port",
                    String.valueOf(other.workerAddress().port()));
        }
        return this;
    }

    /** Of the connector, of its database role, and of the topic that it writes. */
    public String name() {
        return name;
    }

    /** Names a pipeline in the configuration. */
    public Deployment watching(String pipeline, CdcPipeline observed) {
        return watching(
                pipeline, observed.sourceDatabase(), observed.slot(), observed.topicPrefix(), observed.sinkGroup());
    }

    public Deployment watching(String pipeline, String dbname, String slot, String topicPrefix, String sinkGroup) {
        config.merge("pipelines", pipeline, (one, other) -> one + "," + other);
        config.put("pipelines." + pipeline + ".slot.name", slot);
        config.put("pipelines." + pipeline + ".topic.prefix", topicPrefix);
        config.put("pipelines." + pipeline + ".sink.groups", sinkGroup);
        config.put("pipelines." + pipeline + ".database.dbname", dbname);
        return this;
    }

    public Deployment with(String key, String value) {
        config.put(key, value);
        return this;
    }

    /** Of a pipeline, as configured. */
    public List<String> sinkGroups(String pipeline) {
        return List.of(config.get("pipelines." + pipeline + ".sink.groups").split(","));
    }

    public boolean readsCommitted(String pipeline) {
        return "read_committed".equals(config.get("pipelines." + pipeline + ".isolation.level"));
    }

    /** Its worker was started again, and has another address. */
    public void movedTo(Worker worker) {
        connect = worker.rest();
    }

    /** Creates the connector, or changes its configuration, and waits until it runs. */
    public Deployment deploy(Worker worker) {
        connect = worker.rest();
        connect.put(name, config);
        connect.awaitRunning(name);
        return this;
    }

    public ProgressReader progress() {
        return new ProgressReader(broker, name);
    }

    public ProgressReader partitions() {
        return new ProgressReader(broker, name + ".partitions");
    }

    static Predicate<ProgressReader.Entry> of(String pipeline) {
        return entry -> entry.value().path("pipeline").asText().equals(pipeline);
    }

    @Override
    public void close() {
        if (connect != null) {
            connect.delete(name);
        }
    }
}
