package io.cdcprogress.rest;

import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Says what an error of the consumer means to the user, without a secret. */
final class KafkaTrouble {
    private KafkaTrouble() {}

    static String reading(String topic, Throwable error) {
        if (error instanceof AuthorizationException) {
            return "Kafka denies topic " + topic + " to this worker: add an ACL with READ and DESCRIBE on it for the"
                    + " worker's principal, or that of its consumer.* settings";
        }
        if (error instanceof AuthenticationException) {
            return "Kafka refused this worker's login when topic " + topic + " was to be read: check the worker's"
                    + " sasl.*, ssl.* and consumer.* settings";
        }
        if (error instanceof TimeoutException) {
            return "Kafka did not answer in time when topic " + topic + " was to be read";
        }
        Throwable root = error;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        // A message about settings may hold a part of one.
        String why = root instanceof ConfigException || root instanceof IllegalArgumentException
                ? root.getClass().getSimpleName() + " about the worker's consumer settings"
                : root.getClass().getSimpleName() + ": " + root.getMessage();
        return "topic " + topic + " could not be read: " + why;
    }
}
