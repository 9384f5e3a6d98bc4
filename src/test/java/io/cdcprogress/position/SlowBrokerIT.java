package io.cdcprogress.position;

import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProxiedBroker;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Debezium's way to the broker is slow, or closed for a while; monitor and sink have a way of their own. */
@OnStack
@Tag("embedded")
class SlowBrokerIT {
    private static ProxiedBroker broker;
    private static ConnectWorker worker;

    private final SharedStack stack;

    SlowBrokerIT(SharedStack stack) {
        this.stack = stack;
    }

    @BeforeAll
    static void start() {
        broker = ProxiedBroker.start();
        worker = ConnectWorker.start(KafkaRelease.V4_3, broker, Unique.name("slow"), Map.of());
    }

    @AfterAll
    static void stop() {
        worker.close();
        broker.close();
    }

    private static PipelineSpec spec() {
        return Trial.spec().source("producer.override.bootstrap.servers", broker.proxiedBootstrapServers());
    }

    private Trial trial(PipelineSpec spec) {
        Trial trial = Trial.stepping(spec, stack.database(), broker, worker);
        return trial.monitor("asking", trial.stepsGroup)
                .monitor("not asking", trial.stepsGroup, deployment -> deployment);
    }

    /** The sink has everything that is there, all the time. */
    private static void drainFor(Trial trial, Duration time) {
        long until = System.nanoTime() + time.toNanos();
        await().atMost(time.plusSeconds(30)) // the machine may be busy
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    trial.steps.drain();
                    return System.nanoTime() > until;
                });
    }

    private static void finish(Trial trial) {
        broker.proxy().release();
        broker.proxy().unlimited();
        trial.drainStepping("asking");
        trial.judge();
    }

    @Test
    void aBrokerThatTakesNothingForTenSecondsMakesNoClaimFalse() {
        try (Trial trial = trial(spec())) {
            trial.runStepping(3, 8);
            broker.proxy().hold();
            trial.workload.run(3, 10);
            drainFor(trial, Duration.ofSeconds(10));
            broker.proxy().limit(200_000); // what has waited comes slowly
            broker.proxy().release();
            drainFor(trial, Duration.ofSeconds(5));
            finish(trial);
        }
    }

    @Test
    void aQueueThatTakesLongerThanTheSettleTimeMakesNoClaimFalse() {
        // The producer takes little, so what waits does so in Debezium's queue.
        try (Trial trial =
                trial(spec().source("producer.override.buffer.memory", "65536").source("max.queue.size", "100000"))) {
            trial.runStepping(3, 8);
            broker.proxy().limit(300_000);
            trial.workload.run(3, 25);
            drainFor(trial, Duration.ofSeconds(12));
            finish(trial);
        }
    }

    @Test
    void aBacklogOfOnePartitionThatOthersOvertakeMakesNoClaimFalse() {
        // One batch per partition and request: what is small gets through, what is large waits in the producer.
        try (Trial trial = trial(spec().source("producer.override.batch.size", "8192"))) {
            trial.insert("orders", 1);
            trial.insert("items", 1);
            trial.awaitPublished();
            broker.proxy().limit(300_000);
            trial.insert("orders", 2500);
            for (int i = 0; i < 25; i++) {
                trial.insert("items", 1);
                drainFor(trial, Duration.ofMillis(400));
            }
            drainFor(trial, Duration.ofSeconds(4));
            finish(trial);
        }
    }
}
