package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Snapshots have no position, and restarts lose none. */
@OnStack
@Tag("embedded")
class SnapshotIT {
    private final SharedStack stack;

    SnapshotIT(SharedStack stack) {
        this.stack = stack;
    }

    private Trial trial(ConnectWorker worker) {
        PipelineSpec spec = Trial.spec()
                .source("signal.enabled.channels", "source")
                .source("signal.data.collection", "public.signals");
        CdcPipeline pipeline = CdcPipeline.startWithoutSink(
                spec,
                stack.database(),
                stack.broker(),
                worker,
                CdcPipeline.insertion("orders", 300),
                CdcPipeline.insertion("items", 50),
                "CREATE TABLE signals (id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048))");
        return new Trial(pipeline, spec, stack.database(), stack.broker(), worker);
    }

    private static boolean snapshotting(JsonNode record) {
        return record.path("findings").asText().contains("SNAPSHOTTING")
                && record.path("sink_lsn").isNull();
    }

    @Test
    void thereIsNoPositionBeforeASnapshotIsConsumedAndThenItOutlivesARestart() {
        String cluster = Unique.name("snapshots");
        try (ConnectWorker worker = ConnectWorker.start(KafkaRelease.V4_3, stack.broker(), cluster, Map.of());
                Trial trial = trial(worker)) {
            trial.monitor("asking", trial.stepsGroup);
            Watch watch = trial.watch("asking");
            trial.steps.step();
            watch.await("the snapshot unconsumed", trial.stepsGroup, Trial.PATIENCE, SnapshotIT::snapshotting);
            trial.insert("orders", 3);
            watch.await("still unconsumed", trial.stepsGroup, Trial.PATIENCE, SnapshotIT::snapshotting);
            trial.drainStepping("asking");

            stack.database()
                    .execute(
                            trial.pipeline.sourceDatabase(),
                            "INSERT INTO signals VALUES ('again', 'execute-snapshot',"
                                    + " '{\"data-collections\": [\"public.orders\"], \"type\": \"incremental\"}')");
            watch.await(
                    "an incremental snapshot",
                    trial.stepsGroup,
                    Trial.PATIENCE,
                    record -> record.path("sink_lag_records").asLong() >= 303);
            trial.insert("orders", 3);
            trial.drainStepping("asking");

            int before = watch.of(trial.stepsGroup).size();
            worker.rest().restart(trial.deployment("asking").name());
            trial.insert("orders", 3);
            trial.awaitPublished();
            trial.steps.drain();
            watch.await("drained again", trial.stepsGroup, Trial.PATIENCE, Trial::drained);
            positionOutlives(
                    watch.of(trial.stepsGroup).stream().map(Watch.Seen::value).toList(), before);
            trial.judge();
        }
    }

    /** Unknown in at most two records, and never lower. */
    private static void positionOutlives(List<JsonNode> records, int before) {
        long last = Lsns.of(records.get(before - 1), "proven_lsn");
        assertThat(records.stream()
                        .skip(before)
                        .filter(r -> r.path("sink_lsn").isNull())
                        .count())
                .as("records without a position after the restart")
                .isLessThanOrEqualTo(2);
        records.stream()
                .skip(before)
                .map(r -> Lsns.of(r, "proven_lsn"))
                .forEach(proven -> assertThat(proven == null || Long.compareUnsigned(proven, last) >= 0)
                        .isTrue());
    }
}
