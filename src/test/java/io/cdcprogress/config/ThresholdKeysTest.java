package io.cdcprogress.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Thresholds;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ThresholdKeysTest {
    private static Thresholds thresholds(String... more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "pipelines", "orders",
                "pipelines.orders.topic.prefix", "shop",
                "pipelines.orders.sink.groups", "g",
                "database.hostname", "db",
                "database.dbname", "shop",
                "database.user", "u",
                "kafka.bootstrap.servers", "k:9092"));
        for (int i = 0; i < more.length; i += 2) {
            properties.put(more[i], more[i + 1]);
        }
        return new CdcProgressConfig(properties).thresholds("orders");
    }

    @Test
    void aPipelinesOwnKeyOverridesTheOneForAll() {
        assertThat(thresholds("stall.after.ms", "5000").stallAfter()).hasSeconds(5);
        assertThat(thresholds("stall.after.ms", "5000", "pipelines.orders.stall.after.ms", "7000")
                        .stallAfter())
                .hasSeconds(7);
        assertThat(thresholds("pipelines.orders.behind.min.bytes", "9").behindBytes())
                .isEqualTo(9);
        assertThat(thresholds("pipelines.orders.slot.loss.horizon.ms", "1000").slotLossHorizon())
                .hasSeconds(1);
        assertThat(thresholds("pipelines.orders.retention.loss.horizon.ms", "1000")
                        .retentionLossHorizon())
                .hasSeconds(1);
    }

    @Test
    void behindIsWhatNoHealthyPipelineSeemsUnlessGiven() {
        assertThat(thresholds().behindTime()).isEqualTo(Duration.ofSeconds(2 * 60 + 2 * 10 + 5 + 10));
        assertThat(thresholds("flush.interval.ms", "5000").behindTime())
                .isEqualTo(Duration.ofSeconds(2 * 5 + 2 * 10 + 5 + 10));
        assertThat(thresholds("behind.min.ms", "0").behindTime()).isZero();
    }
}
