package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Nothing left to do is said to be nothing, and soon. */
@OnStack
@Tag("embedded")
class IdleAfterLoadIT {
    /** As {@link Trial#spec} sets them. */
    private static final Duration STATUS_UPDATE = Duration.ofSeconds(1);

    private static final Duration HEARTBEAT = Duration.ofMillis(500);

    /** What a user is told to expect: two intervals, the settle time and Debezium's status update. */
    private static final Duration TOLD =
            Trial.INTERVAL.multipliedBy(2).plus(Trial.SETTLE).plus(STATUS_UPDATE);

    /**
     * The worst case, from the last move on. Debezium tells PostgreSQL that it has received it ({@link #STATUS_UPDATE}); an
     * observation sees that (an interval). A heartbeat has to be made after this one: sure of it is what was not there at a
     * later one, even if it was on its way for Debezium's {@code poll.interval.ms} of 0.5 s (an interval). It is made
     * ({@link #HEARTBEAT}), and an observation sees it (an interval); half the settle time later, another one believes it (an
     * interval).
     */
    private static final Duration WORST =
            STATUS_UPDATE.plus(HEARTBEAT).plus(Trial.INTERVAL.multipliedBy(4)).plus(Trial.SETTLE.dividedBy(2));

    /** A second more for reading and publishing on a machine of two cores, and for our own reader. */
    private static final Duration LIMIT = WORST.plusSeconds(1);

    private final SharedStack stack;

    IdleAfterLoadIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void aDrainedPipelineReachesZeroAfterTrafficOnCapturedAndOnOtherTables() {
        // With Connect's own default, so that no stored offset comes to help.
        Map<String, String> settings = Map.of("offset.flush.interval.ms", "60000");
        try (ConnectWorker worker =
                        ConnectWorker.start(KafkaRelease.V4_3, stack.broker(), Unique.name("idle"), settings);
                Trial trial = Trial.stepping(Trial.spec(), stack.database(), stack.broker(), worker)) {
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

    /** Of both monitors, which wait at the same time. */
    private void awaitZero(Trial trial, String traffic) {
        long doneAt = RestartRules.now(stack.database());
        List<ZeroWait> waits = Stream.of("asking", "not asking")
                .map(monitor -> new ZeroWait(
                        monitor + " after traffic on " + traffic, trial.watch(monitor), trial.stepsGroup, doneAt))
                .toList();
        Awaitility.await("zero after traffic on " + traffic)
                .atMost(Trial.PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() ->
                        waits.stream().filter(wait -> !wait.overOrLate(LIMIT)).count() == 0); // looks at both
        waits.forEach(
                wait -> System.out.println(wait + "; told " + TOLD.toMillis() + ", at worst " + WORST.toMillis()));
        waits.forEach(wait -> assertThat(wait.over() && wait.millis() <= LIMIT.toMillis())
                .as("%s", wait)
                .isTrue());
    }
}
