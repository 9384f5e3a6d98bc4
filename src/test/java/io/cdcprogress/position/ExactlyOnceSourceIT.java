package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Behind the markers of transactions a group's offset never reaches the end. */
@OnStack
@Tag("embedded")
class ExactlyOnceSourceIT {
    private final SharedStack stack;

    ExactlyOnceSourceIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void markersAreNoLag() {
        PipelineSpec spec = Trial.spec()
                .source("exactly.once.support", "required")
                .sink("consumer.override.isolation.level", "read_committed");
        try (ConnectWorker worker = ConnectWorker.start(
                        KafkaRelease.V4_3,
                        stack.broker(),
                        Unique.name("once"),
                        Map.of("exactly.once.source.support", "enabled"));
                Trial trial = Trial.withSink(spec, stack.database(), stack.broker(), worker)) {
            String sink = trial.pipeline.sinkGroup();
            String groups = sink + "," + trial.stepsGroup;
            trial.monitor("uncommitted", groups)
                    .monitor(
                            "committed",
                            groups,
                            deployment ->
                                    trial.asking(deployment).with("pipelines.p.isolation.level", "read_committed"));
            trial.runStepping(3, 15);
            trial.drainStepping("uncommitted");
            trial.watch("uncommitted").await("drained", sink, Trial.PATIENCE, Trial::drained);
            trial.watch("committed").await("drained", sink, Trial.PATIENCE, Trial::drained);
            assertThat(trial.pipeline.sinkLag()).as("markers").isPositive();
            trial.judge();
        }
    }
}
