package io.cdcprogress.model;

import java.time.Duration;

/**
 * What changes rarely in a topic.
 *
 * @param id the topic's id in Kafka: another one is another topic under the same name
 * @param compacted whether records may be missing between two offsets ({@code cleanup.policy}); true also where that
 *     could not be read
 * @param inSync whether every partition has at least {@code min.insync.replicas} replicas in sync; all of its replicas
 *     where that setting could not be read
 * @param retention after which records may be deleted ({@code retention.ms}); null where none is by age, and where that
 *     could not be read
 */
public record TopicFacts(String id, boolean compacted, boolean inSync, Duration retention) {}
