package io.cdcprogress.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Finding;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    private final KafkaSettings settings = new KafkaSettings(Map.of("bootstrap.servers", "broker:9092"));

    @Test
    void whyNoClientCouldBeMadeIsToldByTheInnermostCause() {
        KafkaException unresolved = new KafkaException(
                "Failed to construct kafka consumer",
                new ConfigException("No resolvable bootstrap urls given in bootstrap.servers"));
        assertThat(settings.notCreated("consumer", unresolved).finding()).isEqualTo(Finding.KAFKA_UNREACHABLE);
        assertThat(settings.notCreated("consumer", unresolved).detail())
                .isEqualTo("no consumer for Kafka at broker:9092 could be made: No resolvable bootstrap urls given in"
                        + " bootstrap.servers; check kafka.bootstrap.servers and the other kafka.* settings");
        assertThat(KafkaSettings.unresolved(unresolved)).isTrue();
    }

    /** The word at which the client's parser stopped may be the second half of a password that has a quote in it. */
    @Test
    void theWordAtWhichALoginCouldNotBeReadIsNotShown() {
        KafkaException unreadable = new KafkaException(
                "Failed to construct kafka consumer",
                new IllegalArgumentException("Value not specified for key 'se'cret\n' in JAAS config"));
        assertThat(settings.notCreated("consumer", unreadable).detail())
                .contains("Value not specified for key '...' in JAAS config")
                .doesNotContain("cret");
        assertThat(KafkaSettings.unresolved(unreadable)).isFalse();
    }
}
