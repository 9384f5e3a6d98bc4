package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.Failure;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.CorruptRecordException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;

/** One reading of some stretches: polls until each has its answer. A partition that fails takes no other along. */
final class Reading {
    private static final Duration BEAT = Duration.ofMillis(50);
    /** Lags that are asked for though they are not known yet, which sends a request for each. */
    private static final int MOST_LAGS = 16;

    /** What no topic's name holds, and the end of a sentence. */
    private static final Pattern BETWEEN_NAMES = Pattern.compile("[^\\w.-]+|\\.\\s|\\.$");

    private final Consumer<byte[], byte[]> consumer;
    private final boolean committed;
    private final ReadErrors errors;
    private final Deadline deadline;
    /** Those that are read now, each in the assignment. */
    private final Map<TopicPartition, Stretch> pending = new HashMap<>();
    /** Those that are read after them. */
    private final Deque<List<Stretch>> aside = new ArrayDeque<>();

    private final Map<TopicPartition, Long> stable = new HashMap<>();
    private final Set<TopicPartition> lagUnknown = new HashSet<>();
    private boolean stableByFetches;

    /** @param committed whether the consumer reads committed records only */
    Reading(Consumer<byte[], byte[]> consumer, boolean committed, ReadErrors errors, Deadline deadline) {
        this.consumer = consumer;
        this.committed = committed;
        this.errors = errors;
        this.deadline = deadline;
    }

    void read(List<Stretch> stretches) {
        aside.add(stretches);
        while (!(pending.isEmpty() && aside.isEmpty()) && !deadline.over()) {
            if (pending.isEmpty()) {
                begin(aside.pop());
            }
            guarded(this::poll);
            pauseWhatIsDone();
        }
        aside.add(List.copyOf(pending.values()));
        aside.forEach(late -> late.forEach(stretch -> stretch.fail(errors.late(stretch.partition()))));
    }

    private void begin(List<Stretch> stretches) {
        stretches.forEach(stretch -> pending.put(stretch.partition(), stretch));
        consumer.assign(pending.keySet());
        stretches.forEach(stretch -> consumer.seek(stretch.partition(), stretch.from()));
    }

    private void poll() {
        Duration wait = deadline.remaining();
        ConsumerRecords<byte[], byte[]> records = consumer.poll(wait.compareTo(BEAT) < 0 ? wait : BEAT);
        records.partitions().forEach(partition -> {
            Stretch stretch = pending.get(partition);
            if (stretch != null) {
                stretch.take(records.records(partition));
            }
        });
        pending.values().stream().filter(Stretch::pending).forEach(this::moveOn);
        if (committed && records.isEmpty()) {
            askForStableEnds();
        }
    }

    private void guarded(Runnable action) {
        try {
            action.run();
        } catch (InterruptException e) {
            throw e;
        } catch (OffsetOutOfRangeException e) {
            guarded(() -> outOfRange(e.offsetOutOfRangePartitions()));
        } catch (TopicAuthorizationException e) {
            denied(e.unauthorizedTopics());
        } catch (TimeoutException e) {
            // What it was about stays pending, and is late at the deadline.
        } catch (KafkaException e) {
            failed(e);
        }
    }

    private void moveOn(Stretch stretch) {
        try {
            long position = consumer.position(stretch.partition(), Duration.ZERO);
            Long end = stableEnd(stretch.partition(), position);
            if (end == null) {
                stretch.cameTo(position);
            } else {
                stretch.cameTo(position, end);
            }
        } catch (TimeoutException e) {
            // Its position is being verified. It stays pending.
        }
    }

    /** Null as long as it is not known. */
    private Long stableEnd(TopicPartition partition, long position) {
        if (!committed || !stableByFetches) {
            return stable.get(partition);
        }
        if (lagUnknown.size() >= MOST_LAGS && !lagUnknown.contains(partition)) {
            return null;
        }
        OptionalLong lag = consumer.currentLag(partition);
        if (lag.isEmpty()) {
            lagUnknown.add(partition);
        }
        return lag.isPresent() ? position + lag.getAsLong() : null;
    }

    /** One request per leader, and only once something gives no records. */
    private void askForStableEnds() {
        List<TopicPartition> unknown = pending.entrySet().stream()
                .filter(entry -> entry.getValue().pending() && !stable.containsKey(entry.getKey()))
                .map(Map.Entry::getKey)
                .toList();
        if (!unknown.isEmpty() && !stableByFetches) {
            try {
                stable.putAll(consumer.endOffsets(unknown, deadline.share(1, 4).remaining()));
            } catch (TimeoutException e) {
                // A partition that has gone or has no leader holds up all. What has come of the others by now, and what
                // their fetches tell, serves too.
                stableByFetches = true;
            }
        }
    }

    private void pauseWhatIsDone() {
        List<TopicPartition> done = pending.keySet().stream()
                .filter(partition -> !pending.get(partition).pending())
                .toList();
        done.forEach(pending::remove);
        Set<TopicPartition> assigned = consumer.assignment();
        consumer.pause(done.stream().filter(assigned::contains).toList());
    }

    private void outOfRange(Map<TopicPartition, Long> partitions) {
        partitions.forEach((partition, offset) -> fail(
                stretch -> stretch.partition().equals(partition) && !stretch.fromLogStart(),
                stretch -> errors.outOfRange(partition, offset)));
        List<TopicPartition> back = pending.entrySet().stream()
                .filter(entry -> entry.getValue().pending() && entry.getValue().fromLogStart())
                .map(Map.Entry::getKey)
                .toList();
        if (!back.isEmpty()) {
            // All at once: the consumer tells of one at a time.
            Map<TopicPartition, Long> starts =
                    consumer.beginningOffsets(back, deadline.share(1, 2).remaining());
            back.forEach(partition -> beginAtLogStart(pending.get(partition), starts.get(partition), partitions));
        }
    }

    private void beginAtLogStart(Stretch stretch, long start, Map<TopicPartition, Long> outOfRange) {
        if (start > stretch.from()) {
            stretch.beginAt(start);
            consumer.seek(stretch.partition(), stretch.from());
        } else if (outOfRange.containsKey(stretch.partition())) {
            stretch.fail(errors.outOfRange(stretch.partition(), outOfRange.get(stretch.partition())));
        }
    }

    private void denied(Set<String> topics) {
        List<Stretch> failing = new ArrayList<>(pending.values());
        failing.removeIf(stretch -> !topics.contains(stretch.partition().topic()));
        failing.forEach(
                stretch -> stretch.fail(errors.denied(stretch.partition().topic())));
        // Without them in the assignment, or each look at the topics would end here again.
        consumer.assign(pending.values().stream()
                .filter(Stretch::pending)
                .map(Stretch::partition)
                .collect(Collectors.toSet()));
    }

    /** What a fetch stumbled over is named only in the message, and not always: a batch with a wrong checksum is. */
    private void failed(KafkaException error) {
        Set<String> words = Set.copyOf(List.of(BETWEEN_NAMES.split(String.valueOf(error.getMessage()))));
        // It may be one that is done, and was fetched once more before it could be paused.
        boolean named = consumer.assignment().stream().anyMatch(partition -> words.contains(partition.toString()));
        if (!named && error instanceof CorruptRecordException) {
            narrowDown(error);
        } else {
            fail(
                    stretch -> !named || words.contains(stretch.partition().toString()),
                    stretch -> named ? errors.unreadable(stretch.partition(), error) : errors.failure(error));
        }
    }

    /**
     * The answer of a partition with a broken batch stands first in line, and nothing comes past it until its partition is
     * not assigned any more: one half is read after the other, until it is alone.
     */
    private void narrowDown(KafkaException error) {
        List<Stretch> suspects =
                pending.values().stream().filter(Stretch::pending).toList();
        if (consumer.assignment().size() == 1) {
            suspects.forEach(stretch -> stretch.fail(errors.unreadable(stretch.partition(), error)));
            return;
        }
        int half = (suspects.size() + 1) / 2;
        pending.values().retainAll(suspects.subList(0, half));
        consumer.assign(pending.keySet());
        if (half < suspects.size()) {
            aside.push(suspects.subList(half, suspects.size()));
        }
    }

    private void fail(Predicate<Stretch> which, Function<Stretch, Failure> why) {
        pending.values().stream()
                .filter(Stretch::pending)
                .filter(which)
                .forEach(stretch -> stretch.fail(why.apply(stretch)));
    }
}
