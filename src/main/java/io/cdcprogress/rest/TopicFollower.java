package io.cdcprogress.rest;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a topic from some time ago and then goes on with it, on a thread of its own, without a group. A topic that is not
 * there yet is looked for again; after an error it begins again where it was, with a new consumer, and not at once.
 */
final class TopicFollower implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicFollower.class);
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final String topic;
    private final Duration lookBack;
    private final Supplier<Consumer<byte[], byte[]>> newConsumer;
    private final TopicRecords records;
    private final LongSupplier millis;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Where to go on; kept from one consumer to the next. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    /** Where reading has caught up; null once it has, and before it began. */
    private Map<TopicPartition, Long> ends;

    /** What was logged last; null while all is well. */
    private String trouble;

    private volatile String notReady;
    private volatile Consumer<byte[], byte[]> consumer;

    /**
     * @param lookBack how old the records may be that it begins with
     * @param newConsumer makes one, or throws a {@link KafkaException}
     * @param millis the time, as {@link System#currentTimeMillis}
     */
    TopicFollower(
            String topic,
            Duration lookBack,
            Supplier<Consumer<byte[], byte[]>> newConsumer,
            TopicRecords records,
            LongSupplier millis) {
        this.topic = topic;
        this.lookBack = lookBack;
        this.newConsumer = newConsumer;
        this.records = records;
        this.millis = millis;
        this.notReady = "topic " + topic + " has not been read yet";
    }

    /** Why what was in the topic when reading began is not known yet; null once it is. */
    String notReady() {
        return notReady;
    }

    @Override
    public void run() {
        Duration wait = BEAT;
        while (!closed(Duration.ZERO)) {
            try {
                consumer = newConsumer.get();
                while (!closed(Duration.ZERO)) {
                    if (assigned(consumer)) {
                        follow(consumer);
                    } else {
                        failed("there is no topic " + topic + ": is the connector deployed, and is this its topic?");
                        closed(LOOK_AGAIN);
                    }
                    wait = BEAT;
                }
            } catch (WakeupException | InterruptException e) {
                // It is being closed.
            } catch (RuntimeException | LinkageError e) {
                // An error is what a login module or a callback handler of the settings gives that lacks a class.
                failed(KafkaTrouble.reading(topic, e));
            } finally {
                closeConsumer();
            }
            closed(wait);
            Duration twice = wait.multipliedBy(2);
            wait = twice.compareTo(LONGEST_WAIT) < 0 ? twice : LONGEST_WAIT;
        }
    }

    /** Does not wait long for a broker that does not answer. */
    @SuppressWarnings("deprecation") // Its successor is missing before 4.1.
    private void closeConsumer() {
        Consumer<byte[], byte[]> closing = consumer;
        consumer = null;
        if (closing != null) {
            try {
                closing.close(BEAT);
            } catch (KafkaException e) {
                // Nothing depends on it any more.
            }
        }
    }

    private void failed(String why) {
        if (!why.equals(trouble)) {
            LOG.warn("{}{}", why, notReady == null ? "; what was read grows stale" : "");
        }
        trouble = why;
        if (notReady != null) {
            notReady = why;
        }
    }

    private void follow(Consumer<byte[], byte[]> own) {
        own.poll(BEAT).forEach(records::take);
        trouble = null;
        own.assignment().forEach(partition -> positions.put(partition, own.position(partition, PATIENCE)));
        if (ends != null && ends.entrySet().stream().allMatch(end -> positions.get(end.getKey()) >= end.getValue())) {
            ends = null;
            records.caughtUp();
            notReady = null;
            LOG.info("topic {} has been read", topic);
        }
    }

    /**
     * Takes up partitions that it does not have yet; the client knows of new ones by its metadata, so nothing is asked.
     *
     * @return whether there is such a topic
     */
    private boolean assigned(Consumer<byte[], byte[]> own) {
        Set<TopicPartition> all = own.partitionsFor(topic, PATIENCE).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
        if (all.isEmpty()) {
            // Or its client would look for what was deleted, and complain, several times a second.
            own.unsubscribe();
            return false;
        }
        if (own.assignment().containsAll(all)) {
            return true;
        }
        own.assign(all);
        Set<TopicPartition> fresh = new HashSet<>(all);
        fresh.removeAll(positions.keySet());
        positions.forEach((partition, position) -> {
            if (all.contains(partition)) {
                own.seek(partition, position);
            }
        });
        begin(own, fresh);
        if (notReady != null) {
            ends = own.endOffsets(all, PATIENCE);
        }
        return true;
    }

    private void begin(Consumer<byte[], byte[]> own, Set<TopicPartition> fresh) {
        long since = millis.getAsLong() - lookBack.toMillis();
        Map<TopicPartition, OffsetAndTimestamp> offsets = own.offsetsForTimes(
                fresh.stream().collect(Collectors.toMap(partition -> partition, partition -> since)), PATIENCE);
        List<TopicPartition> nothingSince = new ArrayList<>();
        for (TopicPartition partition : fresh) {
            OffsetAndTimestamp found = offsets.get(partition);
            if (found == null) {
                nothingSince.add(partition);
            } else {
                own.seek(partition, found.offset());
                positions.put(partition, found.offset());
            }
        }
        own.endOffsets(nothingSince, PATIENCE).forEach((partition, end) -> {
            own.seek(partition, end);
            positions.put(partition, end);
        });
    }

    /** Waits so long, or until it is closed. */
    private boolean closed(Duration wait) {
        try {
            return closed.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends the thread at its next step; does not wait for it. */
    void close() {
        closed.countDown();
        Consumer<byte[], byte[]> own = consumer;
        if (own != null) {
            own.wakeup();
        }
    }
}
