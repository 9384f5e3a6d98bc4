package io.cdcprogress.evaluate;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.Thresholds;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicsObservation;
import java.time.Instant;

/**
 * All that one observation gave of a pipeline and one of its sinks.
 *
 * @param now by a clock of the worker's that is never set, after the slot and Connect were read: what lasts is measured by
 *     it
 * @param topics null if Kafka was not observed
 * @param sinkConnector null where the group is not known to be a connector's, or Connect does not tell
 * @param statesAt when the connectors' states were asked for, by the clock of {@code now}; null without any
 * @param storedAt when the source connector's stored offset was asked for, by the same clock; null if it was not read
 * @param kafkaClusterId null if not known
 */
public record Situation(
        Pipeline pipeline,
        String group,
        Instant now,
        SlotObservation slotObservation,
        SourceConnectorFacts source,
        TopicsObservation topics,
        SinkObservation sinkObservation,
        ConnectorFacts sinkConnector,
        Instant statesAt,
        Instant storedAt,
        SinkPosition position,
        String kafkaClusterId,
        Thresholds thresholds) {
    /** Null when the server did not answer. */
    ServerFacts server() {
        return slotObservation.serverFacts();
    }

    /** Null when there is no slot, or no answer. */
    SlotFacts slot() {
        return slotObservation.slotFacts();
    }

    /** Null when the brokers did not answer for the group. */
    SinkObservation.Observed sink() {
        return sinkObservation instanceof SinkObservation.Observed observed ? observed : null;
    }

    /** Null where Connect does not tell. */
    ConnectorFacts sourceConnector() {
        return source.connector();
    }

    /** Null if not known. */
    TopicFacts topic(String name) {
        return topics == null ? null : topics.topics().get(name);
    }

    /** The database's clock, or the worker's where it did not answer. */
    Instant observedAt() {
        return server() == null ? now : server().observedAt();
    }

    /** Whether the connectors' states were asked for after that moment, so that they are not of before it. */
    boolean statesKnownSince(Instant moment) {
        return statesAt != null && !statesAt.isBefore(moment);
    }
}
