package io.cdcprogress.position;

import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Worker;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A paused Debezium goes on receiving: its slot looks as ever. */
@OnStack
@Tag("embedded")
class PausedSourceIT {
    private final SharedStack stack;

    PausedSourceIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void whatAPausedConnectorKeepsBackIsNotSaidToBeConsumed() {
        Worker worker = stack.worker(KafkaRelease.V4_3);
        ConnectRest connect = worker.rest();
        try (Trial trial = Trial.stepping(Trial.spec(), stack.database(), stack.broker(), worker)) {
            trial.monitor("asking", trial.stepsGroup).monitor("not asking", trial.stepsGroup, deployment -> deployment);
            trial.runStepping(3, 8);
            Thread load = new Thread(() -> trial.workload.run(3, 15), "load");
            load.start();
            connect.pause(trial.pipeline.sourceConnector());
            trial.steps.drain();
            // Long after the settle time; the sink has all that there is, the source has more.
            awaitRecords(trial, 14);
            join(load);
            awaitRecords(trial, 6);
            connect.resume(trial.pipeline.sourceConnector());
            trial.drainStepping("asking");
            trial.judge();
        }
    }

    private static void awaitRecords(Trial trial, int count) {
        for (String monitor : new String[] {"asking", "not asking"}) {
            for (int i = 0; i < count; i++) {
                trial.steps.drain();
                trial.watch(monitor).await("a record", trial.stepsGroup, Trial.PATIENCE, record -> true);
            }
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
