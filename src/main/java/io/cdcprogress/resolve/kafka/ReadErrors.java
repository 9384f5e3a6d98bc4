package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.CorruptRecordException;

/**
 * Tells what an error of the consumer means to the user.
 *
 * @param address of the cluster
 */
record ReadErrors(String address) {
    Failure late(TopicPartition partition) {
        return new Failure(
                Finding.KAFKA_UNREACHABLE,
                "Kafka at " + address + " did not answer in time when asked for records of " + partition);
    }

    Failure denied(String topic) {
        return new Failure(
                Finding.NOT_AUTHORIZED,
                "Kafka at " + address + " denied the records of " + topic + ": add an ACL with READ on topic " + topic);
    }

    Failure outOfRange(TopicPartition partition, long offset) {
        return new Failure(
                Finding.POSITION_UNKNOWN,
                partition + " has no offset " + offset
                        + " any more: the log start has passed it, or the topic was created anew");
    }

    /** What was fetched of the partition is no sound record. */
    Failure unreadable(TopicPartition partition, KafkaException error) {
        if (error instanceof ApiException && !(error instanceof CorruptRecordException)) {
            return failure(error);
        }
        return new Failure(
                Finding.POSITION_UNKNOWN,
                "the next record of " + partition + " can't be read from Kafka at " + address + ": "
                        + error.getMessage()
                        + "; its copy on the partition's leader is damaged, so sinks can't read it either: have another"
                        + " replica lead, or let the sink skip it");
    }

    /** A mistake, of which only the kind and the place are told: its message may hold anything. */
    Failure broken(RuntimeException error) {
        String place = Stream.of(error.getStackTrace())
                .limit(1)
                .map(at -> " in " + at.getClassName() + "." + at.getMethodName())
                .collect(Collectors.joining());
        return new Failure(
                Finding.KAFKA_UNREACHABLE,
                "reading records from Kafka at " + address + " failed with "
                        + error.getClass().getSimpleName() + place + ": it is tried again with a new consumer");
    }

    Failure failure(KafkaException error) {
        if (error instanceof AuthenticationException) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    "Kafka at " + address + " refused the login: " + error.getMessage()
                            + "; check the kafka.* security settings");
        }
        return new Failure(
                Finding.KAFKA_UNREACHABLE, "Kafka at " + address + " gave no records: " + error.getMessage());
    }
}
