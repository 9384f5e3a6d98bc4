package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.cdcprogress.model.Health;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** What the endpoints answer, in the names and units of the records. */
final class Answers {
    /** From good to bad. */
    private static final List<Health> WORSE =
            List.of(Health.OK, Health.BEHIND, Health.AT_RISK, Health.UNKNOWN, Health.STALLED, Health.LOST);

    /** What a pipeline has of its newest record. */
    static final List<String> PIPELINE_FIELDS = List.of(
            "pipeline",
            "connector",
            "database",
            "slot_name",
            "observed_at",
            "source_lsn",
            "sent_lsn",
            "processed_lsn",
            "restart_lsn",
            "lag_bytes",
            "retained_wal_bytes",
            "safe_wal_bytes",
            "slot_active",
            "wal_status",
            "wal_bytes_per_second",
            "slot_loss_seconds",
            "source_connector_state");

    /** What every partition of a sink would repeat, or nobody needs. */
    static final List<String> NOT_OF_PARTITIONS = List.of("pipeline", "sink_group", "sequence");

    private Answers() {}

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static ObjectNode error(int status, String message) {
        return object().put("error_code", status).put("message", message);
    }

    /** Whether it has not been refreshed for three of its intervals. */
    static boolean stale(Received progress, Now now) {
        return progress.ageMs(now) > 3 * progress.number("poll_interval_ms");
    }

    private static ObjectNode aged(ObjectNode json, Received record, boolean stale, Now now) {
        return json.put("age_ms", record.ageMs(now)).put("stale", stale);
    }

    /** @param sinks of the pipeline, at least one */
    static ObjectNode lag(List<ProgressTable.Entry> sinks, Now now) {
        Received newest = ProgressTable.newest(sinks);
        ObjectNode json = object();
        for (String field : PIPELINE_FIELDS) {
            json.set(field, newest.value().path(field));
        }
        aged(json, newest, stale(newest, now), now).put("health", worst(sinks, now));
        ArrayNode array = json.putArray("sinks");
        for (ProgressTable.Entry sink : sinks) {
            Received latest = sink.latest();
            array.add(aged(latest.value().deepCopy(), latest, stale(latest, now), now));
        }
        return json;
    }

    /** Of those that are fresh: what was is no verdict, and a sink that has been taken out is none of the pipeline's. */
    private static String worst(List<ProgressTable.Entry> sinks, Now now) {
        return sinks.stream()
                .map(ProgressTable.Entry::latest)
                .filter(latest -> !stale(latest, now))
                .map(Answers::health)
                .max(Comparator.comparingInt(WORSE::indexOf))
                .orElse(Health.UNKNOWN)
                .name();
    }

    /** A word that a later release may add is one that this one does not know. */
    private static Health health(Received record) {
        return Arrays.stream(Health.values())
                .filter(health -> health.name().equals(record.text("health")))
                .findAny()
                .orElse(Health.UNKNOWN);
    }

    static ObjectNode ofSinks(String pipeline) {
        ObjectNode json = object().put("pipeline", pipeline);
        json.putArray("sinks");
        return json;
    }

    /** @param partitions of that sink */
    static ObjectNode partitions(Received progress, List<Received> partitions, Now now) {
        ObjectNode json = object().put("sink_group", progress.sinkGroup());
        ArrayNode array = json.putArray("partitions");
        for (Received partition : partitions) {
            ObjectNode one = partition.value().deepCopy();
            one.remove(NOT_OF_PARTITIONS);
            // It is written again only when it changed: as long as the sink's record is fresh, it is what holds.
            array.add(aged(one, partition, stale(progress, now), now));
        }
        return json;
    }

    static ObjectNode history(ProgressTable.Entry sink, Now now) {
        Received latest = sink.latest();
        ObjectNode json = object().put("sink_group", latest.sinkGroup());
        // By the clock that gave the points their times.
        sink.history().write(json, latest.number("observed_at") + latest.ageMs(now) - History.SPAN_MS);
        return json;
    }

    /** @param begun when it was asked */
    static ObjectNode reached(Question question, Received progress, Now begun, Now now) {
        ObjectNode json = object().put("reached", question.answeredBy(progress, now))
                .put("pipeline", question.sink().pipeline())
                .put("sink_group", question.sink().sinkGroup())
                .put("lsn", question.lsn().toString())
                .put("grade", question.grade());
        for (String field : List.of("sink_lsn", "proven_lsn", "observed_at")) {
            json.set(field, progress.value().path(field));
        }
        return aged(json, progress, stale(progress, now), now)
                .put("waited_ms", (now.nanos() - begun.nanos()) / 1_000_000);
    }
}
