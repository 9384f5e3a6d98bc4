package io.cdcprogress.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** Answers of the endpoints, of pipelines in states that take hours to come by. */
final class CannedAnswers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> OF_PIPELINE =
            List.of("connector", "database", "slot_name", "age_ms", "stale", "health", "source_lsn");

    /** A sink without lag; a second old. */
    private static final String GOOD = """
            {"connector": "cdc-progress", "sequence": 100, "observed_at_clock": "DATABASE", "poll_interval_ms": 2000,
             "database": "db:5432/shop", "slot_name": "shop", "source_lsn": "2A/298E958", "sent_lsn": "2A/298E958",
             "processed_lsn": "2A/298E958", "restart_lsn": "2A/2980958", "lag_bytes": 0, "retained_wal_bytes": 57344,
             "safe_wal_bytes": null, "slot_active": true, "wal_status": "reserved", "published_lsn": "2A/298E958",
             "capture_lag_bytes": 0, "sink_group_state": "Stable", "sink_partitions": 6, "sink_lagging_partitions": 0,
             "blocking_partition": null, "sink_lag_records": 0, "sink_lsn": "2A/298E958", "sink_lsn_grade": "PROVEN",
             "proven_lsn": "2A/298E958", "sink_lag_bytes": 0, "total_lag_bytes": 0, "oldest_unconsumed_at": null,
             "total_lag_ms": 0, "total_lag_grade": "EXACT", "wal_bytes_per_second": 5324.1,
             "sink_records_per_second": 12.4, "catch_up_seconds": null, "slot_loss_seconds": null,
             "retention_loss_seconds": null, "source_connector_state": "RUNNING", "sink_connector_state": "RUNNING",
             "health": "OK", "finding": "NONE", "finding_since": null, "findings": "", "detail": "all is well",
             "age_ms": 1000, "stale": false}""";

    private CannedAnswers() {}

    /** @param differs from a sink without lag, by field */
    static ObjectNode sink(String pipeline, String group, Map<String, ?> differs) {
        return sink(pipeline, group, JSON.<ObjectNode>valueToTree(differs));
    }

    private static ObjectNode sink(String pipeline, String group, ObjectNode differs) {
        ObjectNode sink = read(GOOD).put("pipeline", pipeline).put("sink_group", group);
        sink.setAll(differs);
        return sink.put(
                "observed_at", System.currentTimeMillis() - sink.get("age_ms").asLong());
    }

    /** Of one sink; it is as that is. */
    static ObjectNode pipeline(ObjectNode sink) {
        ObjectNode pipeline = NODES.objectNode();
        pipeline.set("pipeline", sink.get("pipeline"));
        OF_PIPELINE.forEach(field -> pipeline.set(field, sink.get(field)));
        if (sink.get("stale").asBoolean()) {
            pipeline.put("health", "UNKNOWN");
        }
        pipeline.putArray("sinks").add(sink);
        return pipeline;
    }

    static ObjectNode pipeline(String name, Map<String, ?> differs) {
        return pipeline(sink(name, "connect-" + name, differs));
    }

    /** @param differs as JSON */
    static ObjectNode pipeline(String name, String differs) {
        return pipeline(sink(name, "connect-" + name, read(differs)));
    }

    static ObjectNode pipelines(List<ObjectNode> pipelines) {
        ArrayNode all = NODES.arrayNode().addAll(pipelines);
        return NODES.objectNode().set("pipelines", all);
    }

    /** A lag that grows to that of the sink. */
    static ObjectNode history(ObjectNode pipeline) {
        ObjectNode history = NODES.objectNode();
        history.set("pipeline", pipeline.get("pipeline"));
        ArrayNode sinks = history.putArray("sinks");
        for (JsonNode sink : pipeline.get("sinks")) {
            ObjectNode one = sinks.addObject();
            one.set("sink_group", sink.get("sink_group"));
            long now = System.currentTimeMillis();
            for (int i = 0; i <= 360; i++) {
                one.withArray("/observed_at").add(now - 3_600_000 + i * 10_000L);
                one.withArray("/total_lag_ms").add(Math.max(0, (i - 70) * 10_000L));
                one.withArray("/health").add(i < 90 ? "OK" : sink.get("health").asText());
            }
        }
        return history;
    }

    static ObjectNode partitions(ObjectNode pipeline) {
        ObjectNode answer = NODES.objectNode();
        answer.set("pipeline", pipeline.get("pipeline"));
        ArrayNode sinks = answer.putArray("sinks");
        for (JsonNode sink : pipeline.get("sinks")) {
            ObjectNode one = sinks.addObject();
            one.set("sink_group", sink.get("sink_group"));
            one.putArray("partitions")
                    .add(partition(
                            0, "{\"committed_offset\": 5, \"lag_records\": 0, \"lag_ms\": 0, \"next_lsn\": null}"))
                    .add(
                            partition(
                                    1,
                                    "{\"committed_offset\": null, \"lag_records\": null, \"lag_ms\": null, \"next_lsn\": null}"))
                    .add(partition(
                            2,
                            "{\"committed_offset\": 2, \"lag_records\": 3, \"lag_ms\": 9000, \"next_lsn\": \"2A/1\"}"));
        }
        return answer;
    }

    private static ObjectNode partition(int number, String numbers) {
        return read(numbers)
                .put("topic", "shop.public.orders")
                .put("partition", number)
                .put("end_offset", 5)
                .put("observed_at", System.currentTimeMillis())
                .put("age_ms", 500)
                .put("stale", false);
    }

    static ObjectNode error(int status, String message) {
        return NODES.objectNode().put("error_code", status).put("message", message);
    }

    private static ObjectNode read(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
