package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.observe.Deadline;
import io.cdcprogress.resolve.Point;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Errors of the client that no broker can be made to cause at will. */
class PointConsumerTest {
    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final List<MockConsumer<byte[], byte[]>> consumers = new ArrayList<>();
    private final List<Long> read = new ArrayList<>();

    @AutoClose
    private final PointConsumer consumer = new PointConsumer(
            ChangeTopic.kafka(Map.of("bootstrap.servers", "unused:9092")), IsolationLevel.READ_UNCOMMITTED, () -> {
                MockConsumer<byte[], byte[]> made = new MockConsumer<>("none");
                consumers.add(made);
                prepare(made);
                return made;
            });

    private java.util.function.Consumer<MockConsumer<byte[], byte[]>> script = made -> {};

    private void prepare(MockConsumer<byte[], byte[]> made) {
        script.accept(made);
    }

    @Test
    void aMistakeOfTheClientFailsOneReadingAndTheNextHasANewConsumer() throws Exception {
        script = made -> made.schedulePollTask(() -> {
            throw new IllegalStateException("top-secret");
        });
        List<Stretch> stretches = List.of(stretch(0), stretch(1));
        consumer.read(stretches, Deadline.in(PATIENT));
        assertThat(stretches)
                .allSatisfy(stretch -> assertThat(stretch.failure().detail())
                        .contains("failed with IllegalStateException")
                        .doesNotContain("secret"));
        assertThat(consumers)
                .singleElement()
                .satisfies(first -> assertThat(first.closed()).isTrue());
        script = made -> made.schedulePollTask(() -> {
            made.addRecord(record(0));
            made.addRecord(record(1));
        });
        List<Stretch> again = List.of(stretch(0), stretch(1));
        consumer.read(again, Deadline.in(PATIENT));
        assertThat(again).allSatisfy(stretch -> assertThat(stretch.failure()).isNull());
        assertThat(read).hasSize(2);
        assertThat(consumers).hasSize(2);
    }

    @Test
    void mistakesOfTheClientInARowMakeNoConsumerForEachReading() throws Exception {
        script = made -> made.schedulePollTask(() -> {
            throw new IllegalStateException("top-secret");
        });
        for (int i = 0; i < 100; i++) {
            List<Stretch> stretches = List.of(stretch(0));
            consumer.read(stretches, Deadline.in(PATIENT));
            assertThat(stretches.get(0).failure().detail()).contains("IllegalStateException");
        }
        assertThat(consumers).hasSizeBetween(1, 6);
    }

    /** A fetch of it was under way before it could be paused. */
    @Test
    void anErrorThatNamesAPartitionWhichIsDoneFailsNoOther() throws Exception {
        script = made -> {
            made.schedulePollTask(() -> made.addRecord(record(0)));
            made.schedulePollTask(() -> made.setPollException(new KafkaException(
                    "Received exception when fetching the next record from t-0. If needed, please seek past the record"
                            + " to continue consumption.")));
            made.schedulePollTask(() -> made.addRecord(record(1)));
        };
        List<Stretch> stretches = List.of(stretch(0), stretch(1));
        consumer.read(stretches, Deadline.in(PATIENT));
        assertThat(stretches)
                .allSatisfy(stretch -> assertThat(stretch.failure()).isNull());
        assertThat(read).hasSize(2);
    }

    private Stretch stretch(int partition) {
        return new Stretch(new Point("shop", new PartitionId("t", partition), 0, 9), 0, 9, false, record -> {
            read.add(record.offset());
            return true;
        });
    }

    private static ConsumerRecord<byte[], byte[]> record(int partition) {
        return new ConsumerRecord<>("t", partition, 0, null, new byte[0]);
    }
}
