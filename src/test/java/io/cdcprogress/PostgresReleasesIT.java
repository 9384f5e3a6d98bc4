package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.PostgresRelease;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A whole pipeline on the oldest and the newest server: real Debezium on a real slot. */
@OnStack
@Tag("embedded")
class PostgresReleasesIT {
    private final SharedStack stack;

    PostgresReleasesIT(SharedStack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @EnumSource(PostgresRelease.class)
    void aPipelineOnThisReleaseIsObserved(PostgresRelease release) {
        try (EmbeddedDatabase database = EmbeddedDatabase.start(release);
                CdcPipeline pipeline = CdcPipeline.start(
                        PipelineSpec.named(Unique.name("shop")),
                        database,
                        stack.broker(),
                        stack.worker(KafkaRelease.V4_3));
                Deployment deployment = new Deployment(database, stack.broker())
                        .watching("shop", pipeline)
                        .deploy(stack.worker(KafkaRelease.V4_3));
                ProgressReader progress = deployment.progress()) {
            pipeline.insert(10);
            pipeline.awaitDrained();
            JsonNode record = progress.awaitRecord(
                            entry -> entry.value().path("sink_lag_records").asLong(-1) == 0)
                    .value();
            assertThat(record.path("slot_active").asBoolean()).isTrue();
            assertThat(record.path("lag_bytes").isNumber()).isTrue();
            assertThat(record.path("sent_lsn").isTextual()).as("by pg_monitor").isTrue();
            assertThat(record.path("wal_status").isNull()).isEqualTo(release == PostgresRelease.V12);
        }
    }
}
