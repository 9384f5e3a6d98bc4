package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.record.ProgressSchemas;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.connect.data.Field;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The connector on a real worker beside real Debezium and a real sink: what its records say is what is. */
@OnStack
@ParameterizedClass
@EnumSource(KafkaRelease.class)
class DeployIT {
    private final KafkaRelease release;
    private final SharedStack stack;
    private CdcPipeline pipeline;
    private Deployment deployment;

    DeployIT(KafkaRelease release, SharedStack stack) {
        this.release = release;
        this.stack = stack;
    }

    @BeforeEach
    void start() {
        pipeline = stack.pipeline(
                release,
                PipelineSpec.named(Unique.name("shop"))
                        .tables("orders", "items")
                        .partitions(2));
        deployment = new Deployment(stack.database(), stack.broker()).watching("shop", pipeline);
    }

    @AfterEach
    void stop() {
        deployment.close();
        pipeline.close();
    }

    @Test
    void numbersAgreeWithWhatSqlAndTheAdminApiSayAtAStandstill() {
        pipeline.insert("orders", 7);
        pipeline.insert("items", 5);
        pipeline.awaitDrained();
        pipeline.pauseSink();
        pipeline.insert("orders", 11);
        await().atMost(Duration.ofSeconds(30)).until(() -> pipeline.sinkLag() == 11);
        deployment.deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress();
                ProgressReader partitions = deployment.partitions()) {
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                Map<String, String> before = slotBySql();
                progress.skipToEnd();
                JsonNode record = progress.awaitRecord(entry -> true).value();
                assertThat(slotBySql()).as("a standstill").isEqualTo(before);
                assertThat(slotOf(record)).isEqualTo(before);
                assertThat(record.path("sink_lag_records").asLong()).isEqualTo(11);
                assertThat(record.path("slot_active").asBoolean()).isTrue();
            });
            JsonNode record = progress.awaitRecord(entry -> true).value();
            assertThat(record.path("connector").asText()).isEqualTo(deployment.name);
            assertThat(record.path("database").asText())
                    .isEqualTo(stack.database().workerAddress() + "/" + pipeline.sourceDatabase());
            assertThat(record.path("sink_partitions").asInt()).isEqualTo(4);
            assertThat(record.path("observed_at_clock").asText()).isEqualTo("DATABASE");
            JsonNode placed = progress.awaitRecord(
                            entry -> !entry.value().path("sink_lsn").isNull())
                    .value();
            assertThat(placed.path("sink_lsn_grade").asText()).isEqualTo("PROVEN");
            assertThat(placed.path("total_lag_grade").asText()).isEqualTo("EXACT");
            assertThat(placed.path("total_lag_bytes").asLong())
                    .isEqualTo(placed.path("capture_lag_bytes").asLong()
                            + placed.path("sink_lag_bytes").asLong());
            partitions.skipToEnd();
            assertThat(lagByPartition(partitions)).isEqualTo(stack.broker().totalLag(pipeline.sinkGroup()));
        }
    }

    /** What the server says itself, under the record's names. */
    private Map<String, String> slotBySql() {
        return Map.of(
                "source_lsn", sql("pg_current_wal_flush_lsn()"),
                "processed_lsn", sql("confirmed_flush_lsn"),
                "restart_lsn", sql("restart_lsn"),
                "lag_bytes", sql("pg_current_wal_flush_lsn() - confirmed_flush_lsn"),
                "retained_wal_bytes", sql("pg_current_wal_flush_lsn() - restart_lsn"),
                "wal_status", sql("wal_status"));
    }

    private String sql(String expression) {
        return stack.database()
                .query(
                        pipeline.sourceDatabase(),
                        "SELECT " + expression + " FROM pg_replication_slots WHERE slot_name = '" + pipeline.slot()
                                + "'");
    }

    private static Map<String, String> slotOf(JsonNode record) {
        return Map.of(
                "source_lsn", record.path("source_lsn").asText(),
                "processed_lsn", record.path("processed_lsn").asText(),
                "restart_lsn", record.path("restart_lsn").asText(),
                "lag_bytes", record.path("lag_bytes").asText(),
                "retained_wal_bytes", record.path("retained_wal_bytes").asText(),
                "wal_status", record.path("wal_status").asText());
    }

    private static long lagByPartition(ProgressReader partitions) {
        Map<String, Long> last = new java.util.HashMap<>();
        partitions.entries().forEach(entry -> {
            assertThat(entry.value().path("lag_records").isNumber()).isTrue();
            last.put(
                    entry.key().path("topic").asText() + entry.key().path("partition"),
                    entry.value().path("lag_records").asLong());
        });
        assertThat(last).hasSize(4);
        return last.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void lagGrowsWhileTheSinkIsPausedAndGoesAwayWhenItResumes() {
        pipeline.insert(1);
        pipeline.awaitDrained();
        deployment.deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress()) {
            progress.awaitRecord(entry -> entry.value().path("sink_lag_records").asLong(-1) == 0);
            pipeline.pauseSink();
            pipeline.insert(25);
            JsonNode lagging = progress.awaitRecord(
                            entry -> entry.value().path("sink_lag_records").asLong() == 25)
                    .value();
            assertThat(lagging.path("sink_lagging_partitions").asInt()).isPositive();
            pipeline.resumeSink();
            progress.skipToEnd();
            progress.awaitRecord(entry -> entry.value().path("sink_lag_records").asLong(-1) == 0
                    && entry.value().path("sink_group_state").asText().equals("Stable"));
        }
    }

    @Test
    void hasEveryFieldOfTheSchemaAndNumbersTheRecordsWithoutAGap() {
        deployment.deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress()) {
            progress.awaitRecord(entry -> entry.value().path("sequence").asLong() == 5);
            assertThat(progress.entries().stream()
                            .map(entry -> entry.value().path("sequence").asLong())
                            .limit(5))
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
            ProgressReader.Entry first = progress.entries().get(0);
            assertThat(first.value().fieldNames())
                    .toIterable()
                    .containsExactlyElementsOf(ProgressSchemas.PROGRESS.fields().stream()
                            .map(Field::name)
                            .toList());
            assertThat(first.key().toString())
                    .isEqualTo("{\"pipeline\":\"shop\",\"sink_group\":\"" + pipeline.sinkGroup() + "\"}");
        }
    }

    @Test
    void carriesItsSchemaWhereTheConverterIsToldTo() {
        deployment
                .with("value.converter", "org.apache.kafka.connect.json.JsonConverter")
                .with("value.converter.schemas.enable", "true")
                .deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress()) {
            JsonNode record = progress.awaitRecord(entry -> true).value();
            assertThat(record.at("/schema/name").asText()).isEqualTo("io.cdcprogress.PipelineProgress");
            assertThat(record.at("/payload/pipeline").asText()).isEqualTo("shop");
            JsonNode observedAt = StreamSupport.stream(
                            record.at("/schema/fields").spliterator(), false)
                    .filter(field -> field.path("field").asText().equals("observed_at"))
                    .findFirst()
                    .orElseThrow();
            assertThat(observedAt.path("name").asText()).isEqualTo("org.apache.kafka.connect.data.Timestamp");
        }
    }

    @Test
    void createsItsTopicsAsTheConfigurationSays() throws Exception {
        deployment
                .with("topic.creation.default.cleanup.policy", "compact,delete")
                .with("topic.creation.default.min.compaction.lag.ms", "86400000")
                .deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress();
                Admin admin = stack.broker().admin()) {
            progress.awaitRecord(entry -> true);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, deployment.name);
            var settings = admin.describeConfigs(List.of(topic)).all().get().get(topic);
            assertThat(settings.get("cleanup.policy").value()).isEqualTo("compact,delete");
            assertThat(settings.get("min.compaction.lag.ms").value()).isEqualTo("86400000");
        }
    }

    @Test
    void aPipelineOnAWrongHostIsDegradedAndTheOneBesideItGoesOn() {
        deployment
                .watching("bad", "nowhere", "slot", pipeline.topicPrefix(), pipeline.sinkGroup())
                .with("pipelines.bad.database.hostname", "no-such-host.invalid")
                .with("tasks.max", "1")
                .deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress()) {
            JsonNode bad = progress.awaitRecord(Deployment.of("bad")).value();
            assertThat(bad.path("finding").asText()).isEqualTo("SOURCE_UNREACHABLE");
            assertThat(bad.path("health").asText()).isEqualTo("UNKNOWN");
            assertThat(bad.path("detail").asText())
                    .contains("no-such-host.invalid")
                    .contains("does not resolve");
            assertThat(bad.path("observed_at_clock").asText()).isEqualTo("WORKER");
            assertThat(bad.path("lag_bytes").isNull()).isTrue();
            assertThat(bad.path("sink_partitions").isNull())
                    .as("the other half")
                    .isFalse();
            for (int i : IntStream.range(0, 5).toArray()) {
                progress.skipToEnd();
                assertThat(progress.awaitRecord(Deployment.of("shop"))
                                .value()
                                .path("lag_bytes")
                                .isNumber())
                        .as("record %d", i)
                        .isTrue();
            }
        }
    }

    @Test
    void aSlotThatDoesNotExistYetIsReportedAndThenObserved() {
        String slot = Unique.name("later");
        deployment
                .watching("later", pipeline.sourceDatabase(), slot, Unique.name("none"), Unique.name("nobody"))
                .deploy(stack.worker(release));
        try (ProgressReader progress = deployment.progress()) {
            JsonNode missing = progress.awaitRecord(Deployment.of("later")).value();
            assertThat(missing.path("findings").asText()).isEqualTo("SLOT_MISSING,SINK_GROUP_MISSING");
            assertThat(missing.path("source_lsn").isNull()).isFalse();
            assertThat(missing.path("processed_lsn").isNull()).isTrue();
            assertThat(missing.path("sink_lag_records").isNull()).isTrue();
            stack.database()
                    .execute(
                            pipeline.sourceDatabase(),
                            "SELECT pg_create_logical_replication_slot('" + slot + "', 'pgoutput')");
            JsonNode found = progress.awaitRecord(Deployment.of("later")
                            .and(entry -> !entry.value().path("processed_lsn").isNull()))
                    .value();
            assertThat(found.path("slot_active").asBoolean(true)).isFalse();
            stack.database().execute("postgres", "SELECT pg_drop_replication_slot('" + slot + "')");
        }
    }
}
