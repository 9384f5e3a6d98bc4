package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.SecuredBroker;
import io.cdcprogress.stack.TargetFolder;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A worker whose consumers log in as another user than itself, with a secret that stands elsewhere. */
@Tag("embedded")
class SecuredRestIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String READER = "reader";

    @Test
    void itReadsWithTheWorkersSettingsAndSaysWhatItIsDenied() throws Exception {
        String topic = Unique.name("progress");
        try (SecuredBroker broker = SecuredBroker.start(READER)) {
            broker.createTopic(topic, 1);
            produce(broker, topic);
            try (ConnectWorker worker =
                    ConnectWorker.start(KafkaRelease.V4_3, broker, Unique.name("rest"), settings(broker, topic))) {
                RestClient rest = new RestClient(worker);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(rest.json(503, "/pipelines")
                                        .path("message")
                                        .asText())
                                .contains("denies topic " + topic)
                                .contains("add an ACL with READ")
                                .doesNotContain(SecuredBroker.password(READER)));
                broker.allowReading(READER, topic);
                await().atMost(PATIENCE)
                        .untilAsserted(() -> assertThat(rest.json(200, "/pipelines/shop/lag")
                                        .path("source_lsn")
                                        .asText())
                                .isEqualTo("0/298E958"));
                assertThat(rest.json(404, "/pipelines/shop/partitions")
                                .path("message")
                                .asText())
                        .contains("cdc.progress.partitions.topic");
            }
        }
    }

    private static Map<String, String> settings(SecuredBroker broker, String topic) throws IOException {
        Map<String, String> settings = new HashMap<>();
        broker.adminLogin().forEach((key, value) -> settings.put(key, value.toString()));
        settings.put("rest.extension.classes", CdcProgressRestExtension.class.getName());
        settings.put("cdc.progress.topic", topic);
        settings.put("cdc.progress.partitions.topic", "");
        settings.put("config.providers", "file");
        settings.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        Properties secrets = new Properties();
        secrets.put(
                "login",
                broker.login(READER, SecuredBroker.password(READER))
                        .get("sasl.jaas.config")
                        .toString());
        Path file = TargetFolder.fresh("secrets").resolve("secrets.properties");
        try (Writer out = Files.newBufferedWriter(file)) {
            secrets.store(out, null);
        }
        settings.put("consumer.sasl.jaas.config", "${file:" + file + ":login}");
        return settings;
    }

    private static void produce(SecuredBroker broker, String topic) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(broker.adminLogin(), new StringSerializer(), new StringSerializer())) {
            String record = Records.progress("shop", "sink", Map.of("source_lsn", "0/298E958"))
                    .toString();
            producer.send(new ProducerRecord<>(topic, "key", record)).get();
        }
    }
}
