package io.cdcprogress.fault;

import static io.cdcprogress.fault.Scene.BEAT;
import static io.cdcprogress.model.Finding.DATA_LOSS;
import static io.cdcprogress.model.Finding.KAFKA_UNREACHABLE;
import static io.cdcprogress.model.Finding.NONE;
import static io.cdcprogress.model.Finding.POSITION_UNKNOWN;
import static io.cdcprogress.model.Finding.RETENTION_NEAR;
import static io.cdcprogress.model.Finding.SINK_GROUP_EMPTY;
import static io.cdcprogress.model.Finding.SINK_STALLED;
import static io.cdcprogress.model.Finding.SLOT_INACTIVE;
import static io.cdcprogress.model.Finding.SOURCE_STALLED;
import static io.cdcprogress.model.Finding.TOPIC_RECREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;

/** What happens to topics. */
final class TopicFaults {
    private TopicFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("records_deleted", TopicFaults::recordsDeleted),
                Fault.of("topic_recreated", TopicFaults::recreated),
                Fault.of("retention_near", TopicFaults::retentionNear)
                        .with("topic.creation.default.retention.ms", "25000")
                        .with("topic.creation.default.segment.ms", "1000"));
    }

    private static void recordsDeleted(Scene scene) throws Exception {
        TopicPartition partition = new TopicPartition(scene.pipeline.topic("orders"), 0);
        scene.step("the sink is stopped, and records that it has not read are deleted", () -> {
            scene.connect.stop(scene.pipeline.sinkConnector());
            scene.awaitGroupEmpty();
            scene.pipeline.insert(20);
            try (Admin admin = scene.broker.admin()) {
                await().atMost(Duration.ofSeconds(30)).until(() -> scene.pipeline.sinkLag() == 20);
                long end = admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                        .partitionResult(partition)
                        .get()
                        .offset();
                admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(end - 3)))
                        .all()
                        .get();
            }
        });
        scene.told.passing(SINK_GROUP_EMPTY, POSITION_UNKNOWN).finds(DATA_LOSS, BEAT, "{group}", "{topic}-0", "17");
        scene.untold
                .passing(SINK_GROUP_EMPTY, SINK_STALLED, POSITION_UNKNOWN)
                .finds(DATA_LOSS, BEAT, "{group}", "{topic}-0", "17");
        scene.lasts();
        scene.step("the sink goes on behind them", scene.pipeline::resumeSink);
        scene.told.passing(SINK_GROUP_EMPTY).finds(NONE, BEAT);
        scene.untold.passing(SINK_GROUP_EMPTY).finds(NONE, BEAT);
        scene.lasts();
    }

    private static void recreated(Scene scene) throws Exception {
        scene.step("both connectors are stopped, the topic is deleted, and Debezium creates it again", () -> {
            scene.connect.stop(scene.pipeline.sinkConnector());
            scene.connect.stop(scene.pipeline.sourceConnector());
            scene.pipeline.awaitSlotActive(false);
            try (Admin admin = scene.broker.admin()) {
                admin.deleteTopics(List.of(scene.pipeline.topic("orders")))
                        .all()
                        .get();
            }
            scene.connect.resume(scene.pipeline.sourceConnector());
            scene.pipeline.insert(2);
        });
        scene.told
                .passing(SINK_GROUP_EMPTY, SLOT_INACTIVE, SOURCE_STALLED, KAFKA_UNREACHABLE, POSITION_UNKNOWN)
                .finds(TOPIC_RECREATED, BEAT, "{topic}", "snapshot");
        scene.untold
                .passing(SINK_GROUP_EMPTY, SLOT_INACTIVE, SOURCE_STALLED, KAFKA_UNREACHABLE, POSITION_UNKNOWN)
                .finds(TOPIC_RECREATED, BEAT, "{topic}", "snapshot");
        scene.lasts();
        scene.step("the sink consumes the new one", scene.pipeline::resumeSink);
        scene.told.passing(SINK_GROUP_EMPTY).finds(NONE, BEAT);
        scene.untold.passing(SINK_GROUP_EMPTY).finds(NONE, BEAT);
        scene.lasts();
    }

    private static void retentionNear(Scene scene) throws Exception {
        Scene.whileWriting(() -> scene.pipeline.insert(1), Duration.ofMillis(200), () -> {
            TopicPartition partition = new TopicPartition(scene.pipeline.topic("orders"), 0);
            try (Admin admin = scene.broker.admin()) {
                await("retention to work")
                        .atMost(Duration.ofSeconds(90))
                        .until(() -> admin.listOffsets(Map.of(partition, OffsetSpec.earliest()))
                                        .partitionResult(partition)
                                        .get()
                                        .offset()
                                > 0);
            }
            scene.step(
                    "the sink is stopped before a short retention",
                    () -> scene.connect.stop(scene.pipeline.sinkConnector()));
            // Two readings of the log start make a rate.
            for (View view : List.of(scene.told, scene.untold)) {
                Seen near = view.passing(SINK_STALLED, SINK_GROUP_EMPTY)
                        .lists(RETENTION_NEAR, BEAT.multipliedBy(2), "{group}");
                assertThat(near.number("retention_loss_seconds")).isBetween(0L, 30L);
            }
            scene.step("it goes on", scene.pipeline::resumeSink);
            for (View view : List.of(scene.told, scene.untold)) {
                view.passing(RETENTION_NEAR, DATA_LOSS, SINK_GROUP_EMPTY, SINK_STALLED)
                        .finds(NONE, BEAT.multipliedBy(2));
            }
        });
    }
}
