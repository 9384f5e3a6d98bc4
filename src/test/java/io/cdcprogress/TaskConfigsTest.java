package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.discover.DiscoveredPipeline;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Pipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskConfigsTest {
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "name", "progress",
            "pipelines", "*",
            "connect.url", "http://connect",
            "database.user", "monitor",
            "database.password", "hush",
            "kafka.bootstrap.servers", "broker:9092"));

    private static DiscoveredPipeline pipeline(String name, String host, String... unknown) {
        Map<String, String> values = new HashMap<>(Map.of(
                "slot.name", name,
                "topic.prefix", name,
                "sink.groups", "connect-" + name,
                "source.connector", name,
                "database.hostname", host,
                "database.port", "5432",
                "database.dbname", name));
        values.keySet().removeAll(Set.of(unknown));
        return new DiscoveredPipeline(name, values, Set.of(unknown), Set.of());
    }

    private Map<String, String> config(DiscoveredPipeline pipeline) {
        return TaskConfigs.of(properties, List.of(pipeline), 1).get(0);
    }

    private static Pipeline only(Map<String, String> taskConfig) {
        List<Pipeline> pipelines = new CdcProgressConfig(taskConfig).taskPipelines();
        assertThat(pipelines).hasSize(1);
        return pipelines.get(0);
    }

    @Test
    void areTheConnectorsKeysVerbatimAndWhatWasDiscovered() {
        properties.put("pipelines.orders.slot.name", "mine");
        Map<String, String> config = config(pipeline("orders", "db"));
        assertThat(config).containsAllEntriesOf(properties);
        config.keySet().removeAll(properties.keySet());
        assertThat(config)
                .isEqualTo(Map.of(
                        "task.pipelines", "orders",
                        "pipelines.orders.topic.prefix", "orders",
                        "pipelines.orders.sink.groups", "connect-orders",
                        "pipelines.orders.source.connector", "orders",
                        "pipelines.orders.database.hostname", "db",
                        "pipelines.orders.database.port", "5432",
                        "pipelines.orders.database.dbname", "orders"));
    }

    @Test
    void areReadAsIfTheUserHadWrittenThem() {
        Map<String, String> config = config(pipeline("orders", "db"));
        Pipeline pipeline = only(config);
        assertThat(pipeline.database()).isEqualTo("db:5432/orders");
        assertThat(pipeline.slotName()).isEqualTo("orders");
        assertThat(pipeline.sinkGroups()).containsExactly("connect-orders");
        assertThat(new CdcProgressConfig(config).sourceConnector("orders")).isEqualTo("orders");
        assertThat(new CdcProgressConfig(config).databaseUnknown("orders")).isNull();
    }

    @Test
    void aServersPipelinesStayTogetherAndATaskIsToldOfItsOwnOnly() {
        List<Map<String, String>> configs = TaskConfigs.of(
                properties, List.of(pipeline("a", "one"), pipeline("b", "two"), pipeline("c", "one")), 2);
        assertThat(configs).extracting(config -> config.get("task.pipelines")).containsExactly("a,c", "b");
        assertThat(configs.get(1)).doesNotContainKey("pipelines.a.slot.name");
    }

    @Test
    void aTaskKnowsLongerPrefixesOfPipelinesThatItDoesNotObserve() {
        DiscoveredPipeline shop = pipeline("shop", "one");
        Pipeline read =
                only(config(new DiscoveredPipeline("shop", shop.values(), Set.of(), Set.of("shop.eu", "shop.us"))));
        assertThat(read.topics().matches("shop.public.orders")).isTrue();
        assertThat(read.topics().matches("shop.us.public.orders")).isFalse();
    }

    @Test
    void renamedTopicsComeWithThePrefixThatKnowsTheHeartbeats() {
        DiscoveredPipeline shop = pipeline("shop", "one");
        Map<String, String> values = new HashMap<>(shop.values());
        values.put("topics.regex", "\\Qshop.\\E.*|\\Qorders\\E");
        Pipeline read = only(config(new DiscoveredPipeline("shop", values, Set.of(), Set.of())));
        assertThat(read.topics().matches("orders")).isTrue();
        assertThat(read.topics().heartbeat()).isEqualTo("__debezium-heartbeat.shop");
    }

    @Test
    void whatIsNotKnownIsAFailureThatNamesTheKeyToSet() {
        Map<String, String> config = config(pipeline("orders", "db", "database.hostname", "slot.name"));
        assertThat(new CdcProgressConfig(config).databaseUnknown("orders")).satisfies(failure -> {
            assertThat(failure.finding()).isEqualTo(Finding.SOURCE_UNREACHABLE);
            assertThat(failure.detail()).endsWith("set pipelines.orders.database.hostname, pipelines.orders.slot.name");
        });
        assertThat(only(config).database()).isEqualTo("?:5432/orders");
        assertThat(only(config).slotName()).isEqualTo("?");
    }

    @Test
    void theKeysForAllStandInOnlyForWhatCantBeDiscovered() {
        properties.put("database.hostname", "for-all");
        properties.put("database.port", "7");
        Map<String, String> config = config(pipeline("orders", "db", "database.port"));
        assertThat(new CdcProgressConfig(config).databaseUnknown("orders")).isNull();
        assertThat(only(config).database()).isEqualTo("db:7/orders");
        properties.remove("database.port");
        config = config(pipeline("orders", "db", "database.port"));
        assertThat(new CdcProgressConfig(config).databaseUnknown("orders").detail())
                .as("5432 is only a default")
                .endsWith("set pipelines.orders.database.port");
        assertThat(only(config).database()).isEqualTo("db:?/orders");
    }

    @Test
    void withoutAUserThePipelineIsNotAuthorized() {
        properties.remove("database.user");
        properties.remove("database.password");
        Map<String, String> config = config(pipeline("orders", "db"));
        assertThat(new CdcProgressConfig(config).databaseUnknown("orders")).satisfies(failure -> {
            assertThat(failure.finding()).isEqualTo(Finding.NOT_AUTHORIZED);
            assertThat(failure.detail()).contains("set database.user", "pipelines.orders.database.user");
        });
        properties.put("pipelines.orders.database.user", "own");
        assertThat(new CdcProgressConfig(config(pipeline("orders", "db"))).databaseUnknown("orders"))
                .isNull();
    }

    @Test
    void ofNoPipelineThereIsNoTask() {
        assertThat(TaskConfigs.of(properties, List.of(), 3)).isEmpty();
    }
}
