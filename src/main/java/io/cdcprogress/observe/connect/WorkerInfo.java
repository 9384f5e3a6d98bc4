package io.cdcprogress.observe.connect;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The answer to {@code GET /}. */
record WorkerInfo(@JsonProperty("kafka_cluster_id") String kafkaClusterId) {}
