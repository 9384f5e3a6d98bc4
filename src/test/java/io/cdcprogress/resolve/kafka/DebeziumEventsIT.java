package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.ChangePosition.Kind;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What real Debezium writes is decoded as PostgreSQL itself tells it. */
@OnStack
class DebeziumEventsIT {
    private final SharedStack stack;
    private final JsonChangeDecoder decoder = new JsonChangeDecoder("shop");

    DebeziumEventsIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void aMessageOutsideOfTransactionsIsBoundedByItsPlaceAndTellsNoCommitTime() {
        try (CdcPipeline pipeline = stack.pipeline(KafkaRelease.V4_3, PipelineSpec.named(Unique.name("shop")))) {
            pipeline.insert(1);
            Lsn committed = wal(pipeline);
            message(pipeline, true);
            // What is not captured lies between: so it is the message's own place, not the end of the commit before.
            stack.database().execute(pipeline.sourceDatabase(), "CREATE TABLE not_captured (id int)");
            Lsn before = wal(pipeline);
            message(pipeline, false);
            Lsn after = wal(pipeline);
            List<ConsumerRecord<byte[], byte[]>> records = records(pipeline.topicPrefix() + ".message", 2);
            ChangePosition transactional = position(records.get(0));
            assertThat(transactional.kind()).isEqualTo(Kind.STREAMED);
            assertThat(transactional.bound()).isGreaterThan(committed);
            assertThat(transactional.committedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
            ChangePosition outside = position(records.get(1));
            assertThat(outside.kind()).isEqualTo(Kind.OTHER);
            assertThat(outside.committedAt()).isNull();
            assertThat(outside.bound()).isBetween(before, after);
        }
    }

    private void message(CdcPipeline pipeline, boolean transactional) {
        stack.database()
                .query(
                        pipeline.sourceDatabase(),
                        "SELECT pg_logical_emit_message(" + transactional + ", 'test', 'secret')");
        // A message outside of transactions is sent when the WAL behind it is written out.
        pipeline.insert(1);
    }

    private Lsn wal(CdcPipeline pipeline) {
        return Lsn.parse(stack.database().query(pipeline.sourceDatabase(), "SELECT pg_current_wal_flush_lsn()"));
    }

    private ChangePosition position(ConsumerRecord<byte[], byte[]> record) {
        Decoded decoded = decoder.decode(record);
        assertThat(decoded.problem()).isNull();
        return decoded.position();
    }

    private List<ConsumerRecord<byte[], byte[]>> records(String topic, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", stack.broker().bootstrapServers());
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            consumer.seekToBeginning(consumer.assignment());
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
                return records.size() >= count;
            });
            return records;
        }
    }
}
