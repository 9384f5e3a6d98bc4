package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A sink that keeps up is seen to keep up, while the load goes on. */
@OnStack
@Tag("embedded")
class SteadyLoadIT {
    private final SharedStack stack;

    SteadyLoadIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void thePositionIsNoOlderThanOneIntervalAndTheSettleTime() {
        // So rarely that what is proven is of no help, as it is by default.
        try (ConnectWorker worker = ConnectWorker.start(
                        KafkaRelease.V4_3,
                        stack.broker(),
                        Unique.name("steady"),
                        Map.of("offset.flush.interval.ms", "60000"));
                Trial trial = Trial.stepping(Trial.spec(), stack.database(), stack.broker(), worker)) {
            trial.monitor("asking", trial.stepsGroup).monitor("not asking", trial.stepsGroup, deployment -> deployment);
            trial.insert("orders", 3);
            trial.drainStepping("asking");
            trial.drainStepping("not asking");
            long begun = System.currentTimeMillis();
            Thread writing = new Thread(() -> trial.workload.run(4, 180), "workload");
            writing.start();
            await("the workload with seed " + trial.workload.seed())
                    .atMost(Trial.PATIENCE)
                    .pollInterval(Duration.ofMillis(50))
                    .until(() -> {
                        trial.steps.drain();
                        return !writing.isAlive();
                    });
            trial.drainStepping("asking");
            trial.judge().forEach((name, judgement) -> {
                Staleness staleness = judgement.staleness(begun, Trial.INTERVAL.plus(Trial.SETTLE));
                System.out.println(name + ", " + staleness);
                assertThat(staleness.tooStale).as("%s: %s", name, staleness).isEmpty();
            });
        }
    }
}
