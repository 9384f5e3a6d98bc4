package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.Unique;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic of change events, each with its bound written into it. */
final class ChangeTopic {
    final String name;
    final int partitions;
    private final Map<String, Object> login;

    private ChangeTopic(String name, int partitions, Map<String, Object> login) {
        this.name = name;
        this.partitions = partitions;
        this.login = login;
    }

    static ChangeTopic create(Broker broker, int partitions, Map<String, String> settings) {
        return create(Map.of("bootstrap.servers", broker.bootstrapServers()), partitions, settings);
    }

    static ChangeTopic create(Map<String, Object> login, int partitions, Map<String, String> settings) {
        ChangeTopic topic = new ChangeTopic(Unique.name("changes"), partitions, login);
        try (Admin admin = Admin.create(login)) {
            admin.createTopics(List.of(new NewTopic(topic.name, partitions, (short) 1).configs(settings)))
                    .all()
                    .get();
            return topic;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The settings under test, as the configuration gives them. */
    static KafkaSettings kafka(Map<String, Object> login) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "database.hostname", "unused",
                "database.dbname", "unused",
                "database.user", "unused",
                "pipelines", "p",
                "pipelines.p.topic.prefix", "p",
                "pipelines.p.sink.groups", "g"));
        login.forEach((key, value) -> properties.put("kafka." + key, value.toString()));
        return new CdcProgressConfig(properties).kafka();
    }

    Point point(long offset, long end) {
        return point(0, offset, end);
    }

    Point point(int partition, long offset, long end) {
        return new Point("shop", new PartitionId(name, partition), offset, end);
    }

    static byte[] change(long bound) {
        return ("{\"op\":\"c\",\"source\":{\"sequence\":\"[null,\\\"" + bound + "\\\"]\",\"ts_us\":7}}")
                .getBytes(UTF_8);
    }

    /** To partition 0; a negative bound is a tombstone. */
    ChangeTopic send(long... bounds) {
        try (KafkaProducer<byte[], byte[]> producer = producer(Map.of())) {
            send(producer, bounds);
        }
        return this;
    }

    void send(KafkaProducer<byte[], byte[]> producer, long... bounds) {
        send(
                producer,
                LongStream.of(bounds)
                        .mapToObj(bound -> new ProducerRecord<>(
                                name,
                                0,
                                Long.toString(Math.abs(bound)).getBytes(UTF_8),
                                bound < 0 ? null : change(bound)))
                        .toList());
    }

    /** Returns when the broker has them. */
    void send(KafkaProducer<byte[], byte[]> producer, List<ProducerRecord<byte[], byte[]>> records) {
        try {
            for (Future<?> sent : records.stream().map(producer::send).toList()) {
                sent.get();
            }
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    KafkaProducer<byte[], byte[]> producer(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(login);
        settings.putAll(more);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** In a transaction that has begun. */
    KafkaProducer<byte[], byte[]> begin(long... bounds) {
        KafkaProducer<byte[], byte[]> producer = producer(Map.of("transactional.id", Unique.name("tx")));
        producer.initTransactions();
        producer.beginTransaction();
        send(producer, bounds);
        return producer;
    }

    ChangeTopic committed(long... bounds) {
        try (KafkaProducer<byte[], byte[]> producer = begin(bounds)) {
            producer.commitTransaction();
        }
        return this;
    }

    ChangeTopic aborted(long... bounds) {
        try (KafkaProducer<byte[], byte[]> producer = begin(bounds)) {
            producer.abortTransaction();
        }
        return this;
    }
}
