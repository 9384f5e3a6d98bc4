package io.cdcprogress.observe.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The order of reading is part of the truth; a real broker answers, and a proxy notes what it was asked. */
@OnStack
@Tag("embedded")
class ReadingOrderIT {
    private final SharedStack stack;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    ReadingOrderIT(SharedStack stack) {
        this.stack = stack;
    }

    private Admin noting(Map<String, Object> settings) {
        Admin admin = Admin.create(settings);
        return (Admin) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Admin.class}, (proxy, method, arguments) -> {
                    asked.add(method.getName());
                    try {
                        return method.invoke(admin, arguments);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @Test
    void endOffsetsAreAnsweredBeforeCommittedOffsetsAreAskedFor() throws Exception {
        String prefix = Unique.name("ordered");
        String group = Unique.name("group");
        stack.broker().createTopic(prefix + ".t", 1);
        try (Admin admin = stack.broker().admin()) {
            KafkaFuture<Void> committed = admin.alterConsumerGroupOffsets(
                            group, Map.of(new TopicPartition(prefix + ".t", 0), new OffsetAndMetadata(0)))
                    .all();
            committed.get();
        }
        CdcProgressConfig config = new CdcProgressConfig(Map.of(
                "pipelines", "p",
                "pipelines.p.topic.prefix", prefix,
                "pipelines.p.sink.groups", group,
                "database.hostname", "unused",
                "database.dbname", "unused",
                "database.user", "unused",
                "kafka.bootstrap.servers", stack.broker().bootstrapServers()));
        try (SinkOffsetObserver observer = new SinkOffsetObserver(
                config.kafka(), "order", config.pipelines(), config.observationTimeout(), this::noting)) {
            observer.observe(Map.of());
            asked.clear();
            observer.observe(Map.of());
            // Whether the topics are listed once more is a matter of time; if they are, before everything else.
            assertThat(asked).endsWith("listOffsets", "listConsumerGroupOffsets");
            assertThat(asked.subList(0, asked.size() - 2)).isSubsetOf("listTopics", "describeTopics");
        }
    }
}
