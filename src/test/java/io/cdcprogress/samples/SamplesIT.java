package io.cdcprogress.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.TargetFolder;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A worker takes every connector in config/, and knows each of its keys: Connect itself lets a misspelt one pass. */
@OnStack
@Tag("embedded")
class SamplesIT {
    private static final Set<String> OF_TOPICS = Set.of(
            "replication.factor",
            "partitions",
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG,
            TopicConfig.RETENTION_MS_CONFIG,
            TopicConfig.SEGMENT_MS_CONFIG);

    private static ConnectWorker worker;
    private static ThisMachine machine;

    static Stream<Sample> all() {
        return Sample.all();
    }

    @BeforeAll
    static void start(SharedStack stack) throws IOException {
        worker = ConnectWorker.start(
                KafkaRelease.V4_3,
                stack.broker(),
                Unique.name("samples"),
                Map.of(
                        "config.providers", "file",
                        "config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider"));
        machine = new ThisMachine(stack.database(), stack.broker(), worker, TargetFolder.fresh("etc"));
    }

    @AfterAll
    static void stop() {
        machine.close();
        worker.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isTakenAndEveryKeyIsKnown(Sample sample) {
        Map<String, String> config = new TreeMap<>(machine.config(sample));
        config.put("name", sample.name());
        String plugin = config.get("connector.class").replaceFirst(".*\\.", "");
        JsonNode answer = worker.rest().validate(plugin, config);
        Map<String, String> errors = new TreeMap<>();
        Set<String> unknown = new TreeSet<>(config.keySet());
        for (JsonNode entry : answer.path("configs")) {
            unknown.remove(entry.at("/value/name").asText());
            if (!entry.at("/value/errors").isEmpty()) {
                errors.put(
                        entry.at("/value/name").asText(),
                        entry.at("/value/errors").toString());
            }
        }
        assertThat(errors).isEmpty();
        // Connect repeats these without knowing them.
        config.keySet().stream()
                .filter(key -> key.startsWith("consumer.override."))
                .forEach(unknown::add);
        unknown.removeIf(SamplesIT::isHandedOn);
        assertThat(unknown).as("keys that nobody knows").isEmpty();
    }

    /** What the connector does not define, but what it is handed on to. */
    private static boolean isHandedOn(String key) {
        return follows("kafka.", key, AdminClientConfig.configNames())
                || follows("connect.", key, SslConfigs.RECONFIGURABLE_CONFIGS)
                || follows("consumer.override.", key, ConsumerConfig.configNames())
                || follows("topic.creation.default.", key, OF_TOPICS)
                || key.endsWith(".value.converter.schemas.enable")
                || key.equals("hibernate.c3p0.testConnectionOnCheckout");
    }

    private static boolean follows(String prefix, String key, Set<String> names) {
        return key.startsWith(prefix) && names.contains(key.substring(prefix.length()));
    }
}
