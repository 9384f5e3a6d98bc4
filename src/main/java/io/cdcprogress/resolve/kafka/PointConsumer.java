package io.cdcprogress.resolve.kafka;

import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.model.Failure;
import io.cdcprogress.observe.Backoff;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A consumer that is made when it is first needed, kept, and given other partitions at every reading. Between readings it
 * has none, so that it holds no records and sends nothing.
 */
final class PointConsumer implements AutoCloseable {
    /** The most partitions that it has at a time, and that it has ever had beside them. */
    static final int MOST = 2_000;

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    private final KafkaSettings kafka;
    private final Supplier<Consumer<byte[], byte[]>> newConsumer;
    private final IsolationLevel isolation;
    private final ReadErrors errors;
    private final Backoff backoff = new Backoff(System::nanoTime);
    private final Set<TopicPartition> seen = new HashSet<>();
    private Consumer<byte[], byte[]> consumer;
    /** Why there is no consumer now. */
    private Failure broken;

    PointConsumer(KafkaSettings kafka, String clientId, IsolationLevel isolation) {
        this(kafka, isolation, () -> consumer(kafka.consumer(clientId), isolation));
    }

    /** @param newConsumer makes one of that isolation, or throws a {@link KafkaException} */
    PointConsumer(KafkaSettings kafka, IsolationLevel isolation, Supplier<Consumer<byte[], byte[]>> newConsumer) {
        this.kafka = kafka;
        this.isolation = isolation;
        this.newConsumer = newConsumer;
        this.errors = new ReadErrors(kafka.address());
    }

    private static Consumer<byte[], byte[]> consumer(Map<String, Object> settings, IsolationLevel isolation) {
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation.toString());
        if (isolation == IsolationLevel.READ_UNCOMMITTED) {
            // Metrics of two clients of one name would collide.
            settings.merge(ConsumerConfig.CLIENT_ID_CONFIG, "-open", (name, suffix) -> name.toString() + suffix);
        }
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads every stretch until it has enough, is through, or the time is over. None is pending afterwards.
     *
     * @param stretches of different partitions, and at most {@link #MOST}
     */
    void read(List<Stretch> stretches, Deadline deadline) throws InterruptedException {
        List<Stretch> pending = stretches.stream().filter(Stretch::pending).toList();
        if (pending.isEmpty()) {
            return;
        }
        if (!connected(pending.stream().map(Stretch::partition).collect(Collectors.toSet()))) {
            pending.forEach(stretch -> stretch.fail(broken));
            return;
        }
        try {
            readOn(pending, deadline);
            backoff.succeeded();
        } catch (InterruptException e) {
            // It has set the thread's flag, which an InterruptedException stands for.
            Thread.interrupted();
            throw new InterruptedException("interrupted while reading records");
        } catch (RuntimeException e) {
            // A mistake, of the client or of ours: who knows what state the consumer is in.
            broken = errors.broken(e);
            pending.stream().filter(Stretch::pending).forEach(stretch -> stretch.fail(broken));
            backoff.failed(LONGEST_WAIT);
            giveUp();
        }
    }

    private void readOn(List<Stretch> pending, Deadline deadline) {
        try {
            new Reading(consumer, isolation == IsolationLevel.READ_COMMITTED, errors, deadline).read(pending);
        } finally {
            consumer.unsubscribe();
        }
    }

    private void giveUp() {
        try {
            close();
        } catch (KafkaException e) {
            // Nothing depends on it any more.
        }
    }

    private boolean connected(Set<TopicPartition> partitions) {
        // Metrics of every partition that it ever had stay with a consumer until its end.
        if (consumer != null
                && seen.stream().filter(one -> !partitions.contains(one)).count() > MOST) {
            close();
        }
        if (consumer == null && backoff.due()) {
            try {
                consumer = newConsumer.get();
            } catch (KafkaException e) {
                // Most often a name that does not resolve, which may be cured without us.
                backoff.failed(LONGEST_WAIT);
                broken = kafka.notCreated("consumer", e);
            }
        }
        if (consumer != null) {
            seen.addAll(partitions);
        }
        return consumer != null;
    }

    /** Waits for no answer. */
    @Override
    // Its successor is missing before 4.1.
    @SuppressWarnings("deprecation")
    public void close() {
        if (consumer != null) {
            Consumer<byte[], byte[]> closing = consumer;
            consumer = null;
            seen.clear();
            closing.close(Duration.ZERO);
        }
    }
}
