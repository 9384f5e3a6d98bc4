package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Overlapping transactions, and two sinks: a real one that is paused in between, and one that commits by odd steps. */
@OnStack
@Tag("embedded")
class ConcurrentTransactionsIT {
    private final SharedStack stack;

    ConcurrentTransactionsIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void whatIsPublishedIsTrueAndEverythingIsConsumedAtTheEnd() {
        try (Trial trial =
                Trial.withSink(Trial.spec(), stack.database(), stack.broker(), stack.worker(KafkaRelease.V4_3))) {
            String sink = trial.pipeline.sinkGroup();
            trial.monitor("asking", sink + "," + trial.stepsGroup)
                    .monitor("not asking", sink + "," + trial.stepsGroup, deployment -> deployment);
            trial.runStepping(4, 12);
            trial.pipeline.pauseSink();
            trial.runStepping(4, 25);
            trial.pipeline.resumeSink();
            trial.drainStepping("asking");
            trial.watch("asking").await("the real sink", sink, Trial.PATIENCE, Trial::drained);
            Map<String, Judgement> judgements = trial.judge();
            assertThat(judgements.get("asking " + trial.stepsGroup).exactTimes).isGreaterThan(3);
            assertThat(judgements.get("asking " + sink).records).containsKey(Judgement.Grade.INFERRED);
        }
    }
}
