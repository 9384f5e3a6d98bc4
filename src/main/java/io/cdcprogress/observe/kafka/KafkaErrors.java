package io.cdcprogress.observe.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.util.Set;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** Tells what an error of the Kafka clients means to the user. */
final class KafkaErrors {
    private KafkaErrors() {}

    /** @param asked what was asked for, like "the end offsets" */
    static Failure failure(Throwable error, String asked, String address) {
        String who = "Kafka at " + address;
        if (error instanceof GroupAuthorizationException e) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    who + " denied " + asked + ": add an ACL with DESCRIBE on group " + e.groupId());
        }
        // Of a group of the newer protocol the broker does not say which of its topics it was.
        if (error instanceof TopicAuthorizationException e
                && !e.unauthorizedTopics().isEmpty()) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    who + " denied " + asked + ": add an ACL with DESCRIBE on topic "
                            + String.join(", ", Set.copyOf(e.unauthorizedTopics())));
        }
        if (error instanceof AuthorizationException) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    who + " denied " + asked + ": " + error.getMessage()
                            + "; add ACLs with DESCRIBE on the sink groups and every topic that they read");
        }
        if (error instanceof AuthenticationException) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    who + " refused the login: " + error.getMessage() + "; check the kafka.* security settings");
        }
        if (error instanceof IllegalArgumentException) {
            return new Failure(
                    Finding.POSITION_UNKNOWN,
                    error.getMessage() + ": name a consumer group, the others have no committed offsets to translate");
        }
        if (error instanceof TimeoutException || error instanceof java.util.concurrent.TimeoutException) {
            return new Failure(Finding.KAFKA_UNREACHABLE, who + " did not answer in time when asked for " + asked);
        }
        return new Failure(
                Finding.KAFKA_UNREACHABLE, who + " did not answer when asked for " + asked + ": " + error.getMessage());
    }
}
