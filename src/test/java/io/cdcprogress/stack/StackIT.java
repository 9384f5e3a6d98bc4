package io.cdcprogress.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The stack in this JVM, and what only this one is asked to do. */
@Tag("embedded")
class StackIT extends StackContract {
    private final KafkaRelease release;
    private final SharedStack stack;

    StackIT(KafkaRelease release, SharedStack stack) {
        super(release, stack);
        this.release = release;
        this.stack = stack;
    }

    @Test
    void aWorkerThatIsStartedAgainGoesOnWithItsConnectors() {
        String cluster = Unique.name("again");
        Map<String, String> exactlyOnce = Map.of("exactly.once.source.support", "enabled");
        String name = Unique.name("shop");
        CdcPipeline pipeline;
        try (ConnectWorker first = ConnectWorker.start(release, stack.broker(), cluster, exactlyOnce)) {
            CdcPipeline started = CdcPipeline.start(PipelineSpec.named(name), stack.database(), stack.broker(), first);
            started.insert(1);
            // Not until its lag is 0: behind the markers of transactions it never is.
            await().atMost(Duration.ofSeconds(60)).until(() -> started.targetRows("orders") == 1);
            pipeline = started;
        }
        pipeline.insert(1);
        try (ConnectWorker second = ConnectWorker.start(release, stack.broker(), cluster, exactlyOnce);
                CdcPipeline same = pipeline.on(second)) {
            second.rest().awaitRunning(same.sourceConnector());
            await().atMost(Duration.ofSeconds(60)).until(() -> same.targetRows("orders") == 2);
        }
    }

    @Test
    void aReaderSeesTheRecordsOfATopicThatDidNotExistYet() {
        PipelineSpec spec = PipelineSpec.named(Unique.name("shop")).heartbeat();
        try (CdcPipeline pipeline = stack.pipeline(release, spec);
                ProgressReader reader = new ProgressReader(stack.broker(), pipeline.topic("orders"))) {
            assertThat(reader.poll(Duration.ofMillis(100))).isEmpty();
            pipeline.insert(3);
            JsonNode first = reader.awaitRecord(entry -> true).value();
            assertThat(first.at("/payload/after/item").asText()).isEqualTo("item 1");
            reader.skipToEnd();
            pipeline.update(1);
            reader.awaitRecord(entry -> entry.value().at("/payload/op").asText().equals("u"));
            assertThat(reader.entries()).hasSize(4);
        }
    }
}
