package io.cdcprogress.observe.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A share group keeps no committed offsets: it is refused in words, and not taken for one that is not there. */
@Tag("embedded")
class ShareGroupIT {
    @Test
    void aShareGroupIsToldFromOneThatIsMissing() throws Exception {
        String name = Unique.name("share");
        try (EmbeddedBroker broker = EmbeddedBroker.start(
                        Map.of("group.coordinator.rebalance.protocols", "classic,consumer,share"));
                Admin admin = broker.admin()) {
            admin.updateFeatures(
                            Map.of("share.version", new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.UPGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();
            broker.createTopic(name + ".t", 1);
            CdcProgressConfig config = new CdcProgressConfig(Map.of(
                    "database.hostname", "unused",
                    "database.dbname", "unused",
                    "database.user", "unused",
                    "pipelines", "shop",
                    "pipelines.shop.topic.prefix", name,
                    "pipelines.shop.sink.groups", name,
                    "kafka.bootstrap.servers", broker.bootstrapServers()));
            assertThat(KafkaCheck.check(config, Duration.ofSeconds(30))).isEmpty();
            try (var consumer = new KafkaShareConsumer<>(
                    Map.of("bootstrap.servers", broker.bootstrapServers(), "group.id", name),
                    new ByteArrayDeserializer(),
                    new ByteArrayDeserializer())) {
                consumer.subscribe(List.of(name + ".t"));
                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                    consumer.poll(Duration.ofMillis(100));
                    return admin.listGroups().all().get().stream()
                            .anyMatch(group -> group.groupId().equals(name));
                });
            }
            try (SinkOffsetObserver observer = new SinkOffsetObserver(
                    config.kafka(), Unique.name("observer"), config.pipelines(), Duration.ofSeconds(30))) {
                SinkObservation sink = observer.observe(Map.of()).sinks().get(new Sink("shop", name));
                assertThat(sink).isInstanceOfSatisfying(SinkObservation.Observed.class, observed -> {
                    assertThat(observed.missing()).isFalse();
                    assertThat(observed.failure().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
                    assertThat(observed.failure().detail())
                            .contains("most likely a share group: name a consumer group");
                });
            }
            assertThat(KafkaCheck.check(config, Duration.ofSeconds(30)))
                    .singleElement()
                    .satisfies(complaint -> assertThat(complaint.toString()).contains("share group"));
        }
    }
}
