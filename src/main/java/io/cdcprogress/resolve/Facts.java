package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicsObservation;
import java.util.Map;

/**
 * What one observation gave of one pipeline.
 *
 * @param at {@link System#nanoTime} after the slot and Connect were read, before the topics were listed
 * @param topics null if Kafka was not observed
 * @param sinks by group
 * @param otherCluster why what the topics show is not what the source connector writes; null where it is, or where that
 *     is not known
 */
record Facts(
        long at,
        SlotObservation slot,
        SourceConnectorFacts source,
        TopicsObservation topics,
        Map<String, SinkObservation> sinks,
        Failure otherCluster) {
    /** Null where the server was not observed. */
    ServerFacts server() {
        return slot.serverFacts();
    }

    Map<String, TopicFacts> topicFacts() {
        return topics == null ? Map.of() : topics.topics();
    }

    /** Why nothing can be said of any sink's position; null where something may be. */
    Failure whyNoPosition() {
        if (slot instanceof SlotObservation.Unobserved unobserved) {
            return unobserved.failure();
        }
        if (slot instanceof SlotObservation.Missing missing) {
            return new Failure(Finding.SLOT_MISSING, missing.detail());
        }
        if (otherCluster != null) {
            return otherCluster;
        }
        return topics != null
                ? null
                : new Failure(Finding.KAFKA_UNREACHABLE, "the pipeline's topics could not be read from Kafka");
    }
}
