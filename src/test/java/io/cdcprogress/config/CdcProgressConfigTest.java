package io.cdcprogress.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cdcprogress.model.Pipeline;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.types.Password;
import org.junit.jupiter.api.Test;

class CdcProgressConfigTest {
    private final Map<String, String> properties = new HashMap<>(Map.ofEntries(
            Map.entry("name", "progress"),
            Map.entry("pipelines", "orders, stock"),
            Map.entry("pipelines.orders.topic.prefix", "shop"),
            Map.entry("pipelines.orders.sink.groups", "connect-a,connect-b"),
            Map.entry("pipelines.stock.topic.prefix", "shop.stock"),
            Map.entry("pipelines.stock.slot.name", "stock"),
            Map.entry("pipelines.stock.sink.groups", "connect-c"),
            Map.entry("pipelines.stock.database.password", "stock-secret"),
            Map.entry("database.hostname", "db"),
            Map.entry("database.dbname", "shop"),
            Map.entry("database.user", "monitor"),
            Map.entry("database.password", "common-secret"),
            Map.entry("kafka.bootstrap.servers", "broker:9092"),
            Map.entry("kafka.sasl.jaas.config", "kafka-secret")));

    @Test
    void hasTheDefaultsThatItPromises() {
        CdcProgressConfig config = new CdcProgressConfig(properties);
        assertThat(config.progressTopic()).isEqualTo("cdc.progress");
        assertThat(config.partitionsTopic()).isEqualTo("cdc.progress.partitions");
        assertThat(config.pollInterval()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.observationTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.inferenceSettle()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.flushInterval()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.positionsEnabled()).isTrue();
        assertThat(config.connect()).isNull();
        assertThat(config.sourceConnector("orders")).isNull();
        assertThat(config.valueConverter("orders")).isEqualTo(new ConverterSettings(null, Map.of()));
        assertThat(config.pipelines().get(0).slotName()).isEqualTo("debezium");
        assertThat(config.pipelines().get(0).readCommitted()).isFalse();
    }

    @Test
    void readsPipelinesInTheirOrder() {
        assertThat(new CdcProgressConfig(properties).pipelines())
                .extracting(Pipeline::name)
                .containsExactly("orders", "stock");
    }

    @Test
    void knowsOfALongerPrefixAlsoWhereItsPipelineIsAnotherTasks() {
        properties.put(CdcProgressConfig.TASK_PIPELINES, "orders");
        Pipeline orders = new CdcProgressConfig(properties).taskPipelines().get(0);
        assertThat(orders.topics().matches("shop.stock.items")).isFalse();
        assertThat(orders.topics().matches("shop.public.orders")).isTrue();
    }

    @Test
    void observesInATaskOnlyTheTasksPipelines() {
        properties.put(CdcProgressConfig.TASK_PIPELINES, "stock");
        assertThat(new CdcProgressConfig(properties).taskPipelines())
                .extracting(Pipeline::name)
                .containsExactly("stock");
    }

    @Test
    void sharesAServerOnlyAmongEqualCredentials() {
        CdcProgressConfig config = new CdcProgressConfig(properties);
        assertThat(config.database("orders").server())
                .isNotEqualTo(config.database("stock").server());
        properties.remove("pipelines.stock.database.password");
        config = new CdcProgressConfig(properties);
        assertThat(config.database("orders").server())
                .isEqualTo(config.database("stock").server());
    }

    @Test
    void readsHowConnectIsAsked() {
        askConnect();
        CdcProgressConfig config = new CdcProgressConfig(properties);
        ConnectSettings connect = config.connect();
        assertThat(connect.urls()).containsExactly(URI.create("https://one:8083"), URI.create("http://two/connect"));
        assertThat(connect.user()).isEqualTo("monitor");
        assertThat(connect.password().value()).isEqualTo("connect-secret");
        assertThat(connect.ssl())
                .containsEntry("ssl.truststore.location", "/trust")
                .containsEntry("ssl.truststore.password", new Password("trust-secret"))
                .containsEntry("ssl.enabled.protocols", List.of("TLSv1.3"))
                .containsEntry("ssl.truststore.type", "JKS");
        assertThat(config.sourceConnector("stock")).isEqualTo("stock-source");
    }

    @Test
    void readsHowEventsAreDecoded() {
        decode();
        ConverterSettings converter = new CdcProgressConfig(properties).valueConverter("stock");
        assertThat(converter.className()).isEqualTo("a.Converter");
        assertThat(converter.settings()).containsOnly(Map.entry("registry.auth", "registry-secret"));
    }

    private void askConnect() {
        properties.put("connect.url", "https://one:8083, http://two/connect");
        properties.put("connect.user", "monitor");
        properties.put("connect.password", "connect-secret");
        properties.put("connect.ssl.truststore.location", "/trust");
        properties.put("connect.ssl.truststore.password", "trust-secret");
        properties.put("connect.ssl.enabled.protocols", "TLSv1.3");
        properties.put("pipelines.stock.source.connector", "stock-source");
    }

    private void decode() {
        properties.put("pipelines.stock.value.converter", "a.Converter");
        properties.put("pipelines.stock.value.converter.registry.auth", "registry-secret");
    }

    @Test
    void writesNoSecretWhereverItIsPrinted() {
        askConnect();
        decode();
        CdcProgressConfig config = new CdcProgressConfig(properties);
        assertThat(config.values().toString()
                        + config.database("stock")
                        + config.kafka()
                        + config.pipelines()
                        + config.connect()
                        + config.valueConverter("stock"))
                .doesNotContain("secret");
    }

    @Test
    void refusesToRunWithWhatValidationComplainsOf() {
        properties.put("pipelines.stock.slotname", "x");
        assertThatThrownBy(() -> new CdcProgressConfig(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("pipelines.stock.slotname");
    }
}
