package io.cdcprogress.position;

import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing left to do is said to be nothing, and soon. */
@OnStack
@Tag("embedded")
class IdleAfterLoadIT {
    private static final Duration STATUS_UPDATE = Duration.ofSeconds(1);
    /**
     * Two intervals, the settle time and Debezium's status update are what it may take. Beyond that: a heartbeat (0.5 s) after
     * the change is the evidence that is waited for, Debezium asks its queue every 0.5 s, and the watch and a machine of two
     * cores need their moment.
     */
    private static final Duration SOON = Trial.INTERVAL
            .multipliedBy(2)
            .plus(Trial.SETTLE)
            .plus(STATUS_UPDATE)
            .plusMillis(1000)
            .plusSeconds(1);

    private final SharedStack stack;

    IdleAfterLoadIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void aDrainedPipelineReachesZeroAfterTrafficOnCapturedAndOnOtherTables() {
        try (Trial trial =
                Trial.stepping(Trial.spec(), stack.database(), stack.broker(), stack.worker(KafkaRelease.V4_3))) {
            trial.monitor("asking", trial.stepsGroup).monitor("not asking", trial.stepsGroup, deployment -> deployment);
            trial.runStepping(3, 10);
            trial.awaitPublished();
            trial.steps.drain();
            awaitZero(trial, "captured tables");

            trial.insert(Workload.UNCAPTURED, 2000);
            awaitZero(trial, "a table that is not captured");

            trial.insert("orders", 1);
            trial.awaitPublished();
            trial.steps.drain();
            awaitZero(trial, "one more change");
            trial.judge();
        }
    }

    private static void awaitZero(Trial trial, String traffic) {
        trial.watch("asking").await("zero after traffic on " + traffic, trial.stepsGroup, SOON, Trial::drained);
        trial.watch("not asking").await("zero after traffic on " + traffic, trial.stepsGroup, SOON, Trial::drained);
    }
}
