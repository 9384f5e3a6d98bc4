package io.cdcprogress.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cdcprogress.model.Pipeline;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
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
    void writesNoSecretWhereverItIsPrinted() {
        CdcProgressConfig config = new CdcProgressConfig(properties);
        assertThat(config.values().toString() + config.database("stock") + config.kafka() + config.pipelines())
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
