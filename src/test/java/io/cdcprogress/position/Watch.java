package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.StackException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** Reads progress records as they come, each with what the sink group had committed by then: it cannot have claimed more. */
final class Watch implements AutoCloseable {
    /** A record, and the committed offsets right after it was read. */
    record Seen(JsonNode value, Map<TopicPartition, Long> committed) {
        String group() {
            return value.path("sink_group").asText();
        }

        String grade() {
            return value.path("sink_lsn_grade").asText();
        }
    }

    private final ProgressReader reader;
    private final Admin admin;
    private final List<Seen> seen = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::read, "watch");
    private volatile boolean closing;
    private volatile RuntimeException failure;

    Watch(Broker broker, ProgressReader reader) {
        this.reader = reader;
        this.admin = broker.admin();
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try {
            while (!closing) {
                List<ProgressReader.Entry> entries = reader.poll(Duration.ofMillis(50));
                Map<String, Map<TopicPartition, Long>> committed = new HashMap<>();
                for (ProgressReader.Entry entry : entries) {
                    String group = entry.value().path("sink_group").asText();
                    committed.computeIfAbsent(group, this::committed);
                }
                entries.forEach(entry -> seen.add(new Seen(
                        entry.value(),
                        committed.get(entry.value().path("sink_group").asText()))));
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    private Map<TopicPartition, Long> committed(String group) {
        try {
            Map<TopicPartition, Long> offsets = new HashMap<>();
            admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .forEach((partition, commit) -> {
                        if (commit != null) {
                            offsets.put(partition, commit.offset());
                        }
                    });
            return offsets;
        } catch (ExecutionException e) {
            throw new StackException("offsets of " + group, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("offsets of " + group, e);
        }
    }

    /** Of one sink group, in the order of reading. */
    List<Seen> of(String group) {
        if (failure != null) {
            throw new StackException("the watch", failure);
        }
        return seen.stream().filter(s -> s.group().equals(group)).toList();
    }

    /** Of one sink group, likewise. */
    List<JsonNode> values(String group) {
        return of(group).stream().map(Seen::value).toList();
    }

    /** Waits for a record that comes from now on. */
    JsonNode await(String what, String group, Duration atMost, Predicate<JsonNode> condition) {
        int from = of(group).size();
        JsonNode[] last = new JsonNode[1];
        try {
            return Awaitility.await(what)
                    .atMost(atMost)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .until(
                            () -> of(group).stream()
                                    .skip(from)
                                    .map(Seen::value)
                                    .peek(value -> last[0] = value)
                                    .filter(condition)
                                    .findFirst()
                                    .orElse(null),
                            found -> found != null);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(what + ": not in " + atMost + "; the last record of " + group + ": " + last[0], e);
        }
    }

    /** The reader is its caller's again. */
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        admin.close();
    }
}
