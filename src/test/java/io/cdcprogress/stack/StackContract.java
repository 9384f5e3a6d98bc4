package io.cdcprogress.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What every stack does, whatever it is made of. */
@OnStack
@ParameterizedClass
@EnumSource(KafkaRelease.class)
abstract class StackContract {
    private final KafkaRelease release;
    private final SharedStack stack;

    StackContract(KafkaRelease release, SharedStack stack) {
        this.release = release;
        this.stack = stack;
    }

    @Test
    void rowsArriveAndAPausedSinkFallsBehindUntilItIsResumed() {
        PipelineSpec spec = PipelineSpec.named(Unique.name("shop"))
                .tables("orders", "items")
                .partitions(2)
                .heartbeat();
        try (CdcPipeline pipeline = stack.pipeline(release, spec)) {
            pipeline.insert(10);
            pipeline.insert("items", 5);
            pipeline.awaitDrained();

            pipeline.pauseSink();
            pipeline.insert(20);
            pipeline.update(3);
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(pipeline.sinkLag()).isEqualTo(23));

            pipeline.resumeSink();
            pipeline.awaitDrained();
            assertThat(pipeline.targetRows("orders")).isEqualTo(30);
        }
    }
}
