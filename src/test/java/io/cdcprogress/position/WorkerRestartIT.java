package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.Worker;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The monitor's worker goes and comes back under load: a position outlives it. */
@OnStack
@Tag("embedded")
class WorkerRestartIT {
    private static final String[] MONITORS = {"asking", "not asking"};

    private final SharedStack stack;
    private final String cluster = Unique.name("monitors");
    private ConnectWorker worker;

    WorkerRestartIT(SharedStack stack) {
        this.stack = stack;
    }

    @BeforeEach
    void start() {
        worker = ConnectWorker.start(KafkaRelease.V4_3, stack.broker(), cluster, Map.of());
    }

    @AfterEach
    void stop() {
        worker.close();
    }

    private Trial trial(Worker ofDebezium) {
        return Trial.stepping(Trial.spec(), stack.database(), stack.broker(), ofDebezium);
    }

    @Test
    void whileDebeziumGoesOnElsewhereNoPositionGoesBack() {
        try (Trial trial = trial(stack.worker(KafkaRelease.V4_3))) {
            restart(trial, () -> {}, "proven_lsn", "sink_lsn");
        }
    }

    /** The walsender is another one then; and where Connect was asked, nobody answers any more. */
    @Test
    void togetherWithDebeziumNoProvenPositionGoesBack() {
        try (Trial trial = trial(worker)) {
            restart(trial, () -> trial.pipeline.movedTo(worker), "proven_lsn");
        }
    }

    private void restart(Trial trial, Runnable moved, String... kept) {
        trial.monitor("asking", trial.stepsGroup, trial::asking, worker)
                .monitor("not asking", trial.stepsGroup, deployment -> deployment, worker);
        trial.runStepping(3, 5);
        trial.drainStepping("asking");
        AtomicBoolean back = new AtomicBoolean();
        Thread load = new Thread(() -> load(trial, back), "load");
        load.setDaemon(true);
        load.start();
        await(trial, "lag under load", WorkerRestartIT::lagging);
        worker.close();
        long stoppedAt = RestartRules.now(stack.database());
        start();
        moved.run();
        for (String monitor : MONITORS) {
            trial.deployment(monitor).movedTo(worker);
        }
        await(trial, "lag under load again", WorkerRestartIT::lagging);
        back.set(true);
        join(load);
        trial.drainStepping("asking");
        for (String monitor : MONITORS) {
            assertThat(RestartRules.violations(trial.watch(monitor).values(trial.stepsGroup), stoppedAt, kept))
                    .as(monitor)
                    .isEmpty();
        }
        trial.judge();
    }

    private static void load(Trial trial, AtomicBoolean back) {
        while (!back.get()) {
            trial.runStepping(3, 5);
        }
    }

    private static boolean lagging(JsonNode record) {
        return record.hasNonNull("proven_lsn")
                && record.path("sink_lag_records").asLong() > 0;
    }

    private static void await(Trial trial, String what, Predicate<JsonNode> condition) {
        for (String monitor : MONITORS) {
            trial.watch(monitor).await(what, trial.stepsGroup, Trial.PATIENCE, condition);
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
