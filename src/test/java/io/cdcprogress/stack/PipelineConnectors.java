package io.cdcprogress.stack;

import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The configurations of a pipeline's two connectors. */
record PipelineConnectors(PipelineSpec spec, Database database, String sourceDatabase, String targetDatabase) {
    private static final String JSON = "org.apache.kafka.connect.json.JsonConverter";

    Map<String, String> source() {
        Map<String, String> config = withConverters();
        config.put("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        config.put("tasks.max", "1");
        config.put("plugin.name", "pgoutput");
        config.put("slot.name", spec.name());
        config.put("publication.name", spec.name());
        config.put("publication.autocreate.mode", "filtered");
        config.put("topic.prefix", spec.topicPrefix());
        config.put(
                "table.include.list",
                spec.tables().stream().map(t -> "public." + t).collect(Collectors.joining(",")));
        config.put("database.hostname", database.workerAddress().host());
        config.put("database.port", Integer.toString(database.workerAddress().port()));
        config.put("database.dbname", sourceDatabase);
        config.put("database.user", database.user());
        config.put("database.password", database.password());
        config.put("status.update.interval.ms", "1000");
        config.put("topic.creation.default.partitions", Integer.toString(spec.partitions()));
        config.put("topic.creation.default.replication.factor", "1");
        config.putAll(spec.source());
        return config;
    }

    Map<String, String> sink() {
        Map<String, String> config = withConverters();
        config.put("connector.class", "io.debezium.connector.jdbc.JdbcSinkConnector");
        config.put("tasks.max", "1");
        config.put("topics.regex", spec.topicPrefix() + "\\.public\\..*");
        config.put("connection.url", "jdbc:postgresql://" + database.workerAddress() + "/" + targetDatabase);
        config.put("connection.username", database.user());
        config.put("connection.password", database.password());
        config.put("collection.name.format", "${source.table}");
        config.put("insert.mode", "upsert");
        config.put("primary.key.mode", "record_key");
        config.put("schema.evolution", "basic");
        config.put("delete.enabled", "true");
        // A topic that is created later is found after a second, not after five minutes.
        config.put("consumer.override.metadata.max.age.ms", "1000");
        config.putAll(spec.sink());
        return config;
    }

    /** The sink needs the schemas. */
    private static Map<String, String> withConverters() {
        Map<String, String> config = new HashMap<>();
        for (String part : new String[] {"key.converter", "value.converter"}) {
            config.put(part, JSON);
            config.put(part + ".schemas.enable", "true");
        }
        return config;
    }
}
