package io.cdcprogress.rest;

import io.cdcprogress.record.ProgressSchemas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Both topics, each followed by a thread, and what is known from them. */
final class ProgressReading implements AutoCloseable {
    private static final Duration MOMENT = Duration.ofSeconds(2);
    private static final Duration PARTITIONS_KNOWN = Duration.ofHours(1);

    private final ReaderSettings settings;
    private final Supplier<Now> clock;
    private final RecordDecoder decoder;
    private final RecordDecoder partitionDecoder;
    private final ProgressTable progress;
    private final PartitionTable partitions = new PartitionTable();
    private final TopicFollower ofProgress;
    /** Null where the worker names no such topic. */
    private final TopicFollower ofPartitions;

    private final List<Thread> threads = new ArrayList<>();

    /**
     * @param listener told of every progress record, by the thread that reads
     * @throws org.apache.kafka.common.config.ConfigException if the converter can't be made
     */
    ProgressReading(ReaderSettings settings, Supplier<Now> clock, Consumer<Received> listener) {
        this.settings = settings;
        this.clock = clock;
        this.progress = new ProgressTable(clock, listener);
        this.decoder = new RecordDecoder(ProgressSchemas.PROGRESS, ValueConverter.create(settings));
        this.ofProgress =
                follower(settings.progressTopic(), ProgressTable.LONGEST_KNOWN, new Inbox(decoder, progress, clock));
        this.partitionDecoder = new RecordDecoder(ProgressSchemas.PARTITION, ValueConverter.create(settings));
        this.ofPartitions = settings.partitionsTopic() == null
                ? null
                : follower(
                        settings.partitionsTopic(), PARTITIONS_KNOWN, new Inbox(partitionDecoder, partitions, clock));
    }

    private TopicFollower follower(String topic, Duration lookBack, TopicRecords records) {
        Map<String, Object> consumer = new HashMap<>(settings.consumer());
        // Metrics of two clients of one name would collide.
        consumer.merge("client.id", "cdc-progress-rest-" + topic, (given, ours) -> given + "-" + ours);
        return new TopicFollower(
                topic,
                lookBack,
                () -> new KafkaConsumer<>(consumer, new ByteArrayDeserializer(), new ByteArrayDeserializer()),
                records,
                () -> clock.get().millis());
    }

    /** Begins to read; waits for nothing. */
    void start() {
        start(ofProgress, settings.progressTopic());
        if (ofPartitions != null) {
            start(ofPartitions, settings.partitionsTopic());
        }
    }

    private void start(TopicFollower follower, String topic) {
        Thread thread = new Thread(follower, "cdc-progress-rest-" + topic);
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
    }

    /**
     * All pipelines by name, each with its sinks by name; at least one.
     *
     * @throws Refusal if nothing is known yet: why
     */
    Map<String, List<ProgressTable.Entry>> pipelines(Now now) {
        refuseUnlessReady(ofProgress);
        Map<String, List<ProgressTable.Entry>> pipelines = progress.pipelines(now);
        if (pipelines.isEmpty()) {
            throw new Refusal(Refusal.UNAVAILABLE, nothing());
        }
        return pipelines;
    }

    private String nothing() {
        String problem = decoder.problem();
        return problem == null
                ? "topic " + settings.progressTopic() + " holds no progress record of the last 24 hours: is the"
                        + " connector running, and is " + ReaderSettings.PROGRESS_TOPIC + " its progress.topic?"
                : "none of the " + decoder.skipped() + " records read from topic " + settings.progressTopic()
                        + " is a progress record: of the last one, "
                        + problem + "; check " + ReaderSettings.VALUE_CONVERTER;
    }

    /**
     * The sinks of a pipeline, or the one that is named.
     *
     * @param sinkGroup null for all
     * @throws Refusal if there is no such pipeline or group, or nothing is known yet
     */
    List<ProgressTable.Entry> sinks(String pipeline, String sinkGroup, Now now) {
        refuseUnlessReady(ofProgress);
        List<ProgressTable.Entry> all = progress.sinks(pipeline, now);
        if (all.isEmpty()) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "there is no pipeline " + pipeline + "; there are: "
                            + String.join(", ", pipelines(now).keySet()));
        }
        List<ProgressTable.Entry> sinks = all.stream()
                .filter(sink -> sinkGroup == null || sink.latest().sinkGroup().equals(sinkGroup))
                .toList();
        if (sinks.isEmpty()) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "pipeline " + pipeline + " has no sink group " + sinkGroup + "; it has: "
                            + String.join(
                                    ", ",
                                    all.stream()
                                            .map(sink -> sink.latest().sinkGroup())
                                            .toList()));
        }
        return sinks;
    }

    /**
     * The partitions of a sink by topic and number.
     *
     * @param sink its progress record
     * @throws Refusal if nothing is known of any partition yet
     */
    List<Received> partitions(Received sink) {
        if (ofPartitions == null) {
            throw new Refusal(
                    Refusal.NOT_FOUND,
                    "partitions are not read: " + ReaderSettings.PARTITIONS_TOPIC + " of the worker is empty");
        }
        refuseUnlessReady(ofPartitions);
        List<Received> known = partitions.of(sink);
        // Those of a sink that has gone may be older than what was read.
        if (known.isEmpty() && sink.number("sink_partitions") > 0 && !Answers.stale(sink, clock.get())) {
            throw new Refusal(Refusal.UNAVAILABLE, noPartition(sink));
        }
        return known;
    }

    private String noPartition(Received sink) {
        String problem = partitionDecoder.problem();
        return "topic " + settings.partitionsTopic() + " holds no record of a partition of pipeline " + sink.pipeline()
                + " and sink group " + sink.sinkGroup() + " beside the sink's newest record"
                + (problem == null
                        ? ": is " + ReaderSettings.PARTITIONS_TOPIC + " the connector's partitions.topic?"
                        : "; some can't be read: of the last one, " + problem);
    }

    private static void refuseUnlessReady(TopicFollower follower) {
        String why = follower.notReady();
        if (why != null) {
            throw new Refusal(Refusal.UNAVAILABLE, why);
        }
    }

    /** Ends the threads; waits a moment for them to close their consumers. */
    @Override
    public void close() {
        ofProgress.close();
        if (ofPartitions != null) {
            ofPartitions.close();
        }
        try {
            for (Thread thread : threads) {
                thread.join(MOMENT.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        decoder.close();
        partitionDecoder.close();
    }
}
