package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.SharedStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the oracle learns from PostgreSQL is what Debezium publishes, and it catches a claim that is one transaction too high. */
@OnStack
@Tag("embedded")
class OracleIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final SharedStack stack;

    OracleIT(SharedStack stack) {
        this.stack = stack;
    }

    @Test
    void itKnowsTheCommitsThatDebeziumPublishes() throws Exception {
        try (Trial trial =
                Trial.stepping(Trial.spec(), stack.database(), stack.broker(), stack.worker(KafkaRelease.V4_3))) {
            trial.runStepping(4, 15);
            Oracle oracle = trial.awaitPublished();
            assertThat(oracle.size()).isGreaterThan(20);
            int[] checked = new int[1];
            for (String topic : trial.pipeline.topics()) {
                try (ProgressReader reader = new ProgressReader(stack.broker(), topic)) {
                    reader.awaitRecord(entry -> true);
                    reader.skipToEnd();
                    for (ProgressReader.Entry entry : reader.entries()) {
                        if (entry.value() != null) {
                            agree(oracle.transactions(), entry.value().at("/payload/source"));
                            checked[0]++;
                        }
                    }
                }
            }
            assertThat(checked[0]).isGreaterThan(100);
            catchesWhatIsOneTooHigh(oracle, trial.partitions());
        }
    }

    private static void agree(List<CommittedTransaction> transactions, JsonNode source) throws JsonProcessingException {
        int i = 0;
        while (transactions.get(i).xid() != source.path("txId").asLong()) {
            i++;
        }
        CommittedTransaction transaction = transactions.get(i);
        JsonNode sequence = JSON.readTree(source.path("sequence").asText());
        assertThat(sequence.get(0).isNull() ? null : sequence.get(0).asLong())
                .as("the commit before %s, by %s", transaction, source)
                .isEqualTo(i == 0 ? null : transactions.get(i - 1).end());
        assertThat(source.path("ts_us").asLong()).isEqualTo(transaction.commitMicros());
        assertThat(sequence.get(1).asLong()).isLessThan(transaction.end());
    }

    /** At every point of a sink that consumes one partition after the other, record by record. */
    private static void catchesWhatIsOneTooHigh(Oracle oracle, List<TopicPartition> partitions) {
        Map<TopicPartition, Long> committed = new HashMap<>();
        int caught = 0;
        for (TopicPartition partition : partitions) {
            for (long offset = 0; offset < 10_000; offset += 7) {
                committed.put(partition, offset);
                var first = oracle.firstUnconsumed(committed);
                if (first.isPresent()) {
                    assertThat(oracle.holds(first.get().end() - 1, committed)).isTrue();
                    assertThat(oracle.holds(first.get().end(), committed)).isFalse();
                    caught++;
                }
            }
        }
        assertThat(caught).isPositive();
        assertThat(oracle.firstUnconsumed(committed)).isEmpty();
    }
}
