package io.cdcprogress.stack;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pipeline is to be like.
 *
 * @param source settings of the Debezium connector, over those that every pipeline has
 * @param sink settings of the sink connector, likewise
 */
public record PipelineSpec(
        String name, List<String> tables, int partitions, Map<String, String> source, Map<String, String> sink) {

    public PipelineSpec {
        tables = List.copyOf(tables);
        source = Map.copyOf(source);
        sink = Map.copyOf(sink);
    }

    /** One table, one partition. The name is used in every other name, so it is unique on its servers. */
    public static PipelineSpec named(String name) {
        return new PipelineSpec(name, List.of("orders"), 1, Map.of(), Map.of());
    }

    public PipelineSpec tables(String... names) {
        return new PipelineSpec(name, List.of(names), partitions, source, sink);
    }

    /** Of every topic. */
    public PipelineSpec partitions(int count) {
        return new PipelineSpec(name, tables, count, source, sink);
    }

    /** Debezium sends a heartbeat every second, on the topic {@code __debezium-heartbeat.<prefix>}. */
    public PipelineSpec heartbeat() {
        return source("heartbeat.interval.ms", "1000");
    }

    /** The name, unless the source's settings say otherwise. */
    public String topicPrefix() {
        return source.getOrDefault("topic.prefix", name);
    }

    public PipelineSpec source(String key, String value) {
        return new PipelineSpec(name, tables, partitions, with(source, key, value), sink);
    }

    public PipelineSpec sink(String key, String value) {
        return new PipelineSpec(name, tables, partitions, source, with(sink, key, value));
    }

    private static Map<String, String> with(Map<String, String> settings, String key, String value) {
        Map<String, String> more = new HashMap<>(settings);
        more.put(key, value);
        return more;
    }
}
