package io.cdcprogress.model;

import java.util.Map;

/**
 * What one look at the sink groups' cluster gave.
 *
 * @param clusterId null until the cluster has told it
 * @param sinks by pipeline and group; every sink group of every pipeline is in it
 * @param topics by the pipeline's name; every pipeline is in it unless nothing was observed
 */
public record KafkaObservation(
        String clusterId, Map<Sink, SinkObservation> sinks, Map<String, TopicsObservation> topics) {
    /** A sink group of a pipeline. */
    public record Sink(String pipeline, String group) {}

    public KafkaObservation {
        sinks = Map.copyOf(sinks);
        topics = Map.copyOf(topics);
    }
}
