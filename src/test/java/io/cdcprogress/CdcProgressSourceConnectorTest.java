package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.errors.RetriableException;
import org.apache.kafka.connect.source.SourceConnectorContext;
import org.apache.kafka.connect.storage.OffsetStorageReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connect asks for tasks on the very thread that answers REST: so does this worker. */
class CdcProgressSourceConnectorTest {
    private static final String LISTING = """
            {"orders": {"info": {"type": "source", "config": {
                 "connector.class": "io.debezium.connector.postgresql.PostgresConnector", "database.password": "theirs",
                 "database.user": "debezium", "database.hostname": "db", "database.dbname": "shop",
                 "slot.name": "${file:/x:slot}", "topic.prefix": "shop"}}},
             "sink": {"info": {"type": "sink", "config": {"topics": "shop.public.orders"}}}}""";

    private final CdcProgressSourceConnector connector = new CdcProgressSourceConnector();
    private final ExecutorService herder = Executors.newSingleThreadExecutor();
    private final List<List<Map<String, String>>> taskConfigs = new CopyOnWriteArrayList<>();
    private final Map<String, String> properties = new HashMap<>();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(herder);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().getPath();
            byte[] body = (path.equals("/connectors") ? LISTING : "{\"orders\": {\"topics\": []}}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        properties.putAll(Map.of(
                "name", "progress",
                "pipelines", "*",
                "connect.url", "http://127.0.0.1:" + server.getAddress().getPort(),
                "database.user", "monitor",
                "database.password", "ours",
                "kafka.bootstrap.servers", "127.0.0.1:1"));
        connector.initialize(new SourceConnectorContext() {
            @Override
            public OffsetStorageReader offsetStorageReader() {
                throw new UnsupportedOperationException("not for the connector");
            }

            @Override
            public void requestTaskReconfiguration() {
                var unused = herder.submit(() -> taskConfigs.add(connector.taskConfigs(2)));
            }

            @Override
            public PluginMetrics pluginMetrics() {
                throw new UnsupportedOperationException("not on workers before 4.1");
            }

            @Override
            public void raiseError(Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    @AfterEach
    void stop() {
        connector.stop();
        server.stop(0);
        herder.shutdownNow();
    }

    @Test
    void throwsBeforeTheFirstSnapshotAndThenGivesItWithoutAskingAnybody() {
        connector.start(properties);
        assertThatThrownBy(() -> connector.taskConfigs(2))
                .isInstanceOf(RetriableException.class)
                .hasMessageContaining("not discovered yet");
        server.start();
        await().until(() -> !taskConfigs.isEmpty());
        server.stop(0);
        assertThat(connector.taskConfigs(2))
                .isEqualTo(taskConfigs.get(0))
                .singleElement()
                .satisfies(config -> {
                    assertThat(config)
                            .containsAllEntriesOf(properties)
                            .containsEntry("pipelines", "*")
                            .containsEntry("task.pipelines", "orders")
                            .containsEntry("task.unknown.keys", "pipelines.orders.slot.name");
                    assertThat(config.toString()).doesNotContain("theirs", "${", "database.user=debezium");
                    assertThat(config.values()).as("only where it stood").containsOnlyOnce("ours");
                });
        connector.stop();
        assertThat(connector.taskConfigs(2)).isEqualTo(taskConfigs.get(0));
    }

    @Test
    void anExplicitListNeedsNoLook() {
        properties.putAll(Map.of(
                "pipelines", "orders",
                "pipelines.orders.topic.prefix", "shop",
                "pipelines.orders.sink.groups", "connect-sink",
                "database.hostname", "db",
                "database.dbname", "shop"));
        connector.start(properties);
        assertThat(connector.taskConfigs(2)).singleElement().satisfies(config -> {
            Map<String, String> expected = new HashMap<>(properties);
            expected.put("task.pipelines", "orders");
            assertThat(config).isEqualTo(expected);
        });
    }
}
