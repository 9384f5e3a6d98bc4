package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Worker;
import java.util.function.Predicate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The initial snapshot has no position; what is read again later has that of the stream around it. */
@OnStack
@Tag("embedded")
class SnapshotIT {
    private static final int ROWS = 300;

    private final SharedStack stack;

    SnapshotIT(SharedStack stack) {
        this.stack = stack;
    }

    /** Debezium publishes its signals as well, on a topic that no sink consumes: as users do, they are filtered out. */
    private static PipelineSpec spec() {
        return Trial.spec()
                .source("signal.enabled.channels", "source")
                .source("signal.data.collection", "public.signals")
                .source("predicates", "signals")
                .source("predicates.signals.type", "org.apache.kafka.connect.transforms.predicates.TopicNameMatches")
                .source("predicates.signals.pattern", ".*[.]signals")
                .source("transforms", "drop")
                .source("transforms.drop.type", "org.apache.kafka.connect.transforms.Filter")
                .source("transforms.drop.predicate", "signals");
    }

    private Trial trial(Worker worker) {
        PipelineSpec spec = spec();
        CdcPipeline pipeline = CdcPipeline.startWithoutSink(
                spec,
                stack.database(),
                stack.broker(),
                worker,
                CdcPipeline.insertion("orders", ROWS),
                CdcPipeline.insertion("items", 50),
                "CREATE TABLE signals (id varchar(42) PRIMARY KEY, type varchar(32) NOT NULL, data varchar(2048))");
        return new Trial(pipeline, spec, stack.database(), stack.broker(), worker);
    }

    private static boolean snapshotting(JsonNode record) {
        return record.path("findings").asText().contains("SNAPSHOTTING")
                && record.path("sink_lsn").isNull();
    }

    private static boolean readAgain(JsonNode record) {
        return record.path("sink_lag_records").asLong() >= ROWS && record.hasNonNull("sink_lsn");
    }

    @Test
    void thereIsNoPositionBeforeTheInitialSnapshotIsConsumedAndThenItOutlivesAnotherAndARestart() {
        Worker worker = stack.worker(KafkaRelease.V4_3);
        try (Trial trial = trial(worker)) {
            trial.monitor("asking", trial.stepsGroup).monitor("not asking", trial.stepsGroup, deployment -> deployment);
            trial.steps.step();
            await(trial, "the snapshot unconsumed", SnapshotIT::snapshotting);
            trial.insert("orders", 3);
            await(trial, "still unconsumed", SnapshotIT::snapshotting);
            trial.drainStepping("asking");

            stack.database()
                    .execute(
                            trial.pipeline.sourceDatabase(),
                            "INSERT INTO signals VALUES ('again', 'execute-snapshot',"
                                    + " '{\"data-collections\": [\"public.orders\"], \"type\": \"incremental\"}')");
            await(trial, "an incremental snapshot", SnapshotIT::readAgain);
            trial.insert("orders", 3);
            trial.drainStepping("asking");

            // The slot confirms nothing of this, so there is something to remember.
            trial.insert(Workload.UNCAPTURED, 20);
            await(trial, "zero", Trial::drained);
            long stoppedAt = stop(worker.rest(), trial);
            trial.insert("orders", 3);
            trial.awaitPublished();
            worker.rest().resume(trial.deployment("asking").name());
            await(
                    trial,
                    "the last rows",
                    record -> record.path("sink_lag_records").asLong() >= 3);
            trial.drainStepping("asking");
            assertThat(RestartRules.violations(
                            trial.watch("asking").values(trial.stepsGroup), stoppedAt, "proven_lsn", "sink_lsn"))
                    .isEmpty();
            trial.judge();
        }
    }

    private long stop(ConnectRest connect, Trial trial) {
        connect.stop(trial.deployment("asking").name());
        return RestartRules.now(stack.database());
    }

    private static void await(Trial trial, String what, Predicate<JsonNode> condition) {
        for (String monitor : new String[] {"asking", "not asking"}) {
            trial.watch(monitor).await(what, trial.stepsGroup, Trial.PATIENCE, condition);
        }
    }
}
