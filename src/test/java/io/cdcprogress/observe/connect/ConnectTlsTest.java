package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.cdcprogress.config.CdcProgressConfig;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A worker behind https, with a certificate that only a truststore of the user's own trusts. */
class ConnectTlsTest {
    private static final String PASSWORD = "hush-hush";

    @TempDir
    private static Path folder;

    private static HttpsServer server;

    private static String store(String host) throws Exception {
        Path store = folder.resolve(host + ".p12");
        Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        Process process = new ProcessBuilder(List.of(
                        keytool.toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        "worker",
                        "-dname",
                        "CN=" + host,
                        "-ext",
                        "SAN=dns:" + host,
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-keystore",
                        store.toString()))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return store.toString();
    }

    @BeforeAll
    static void start() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream store = Files.newInputStream(Path.of(store("localhost")))) {
            keys.load(store, PASSWORD.toCharArray());
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = "{\"kafka_cluster_id\":\"secure\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    private static Answer<WorkerInfo> ask(String host, Map<String, String> ssl) throws InterruptedException {
        Map<String, String> properties = new HashMap<>(Map.of(
                "pipelines", "p",
                "pipelines.p.topic.prefix", "shop",
                "pipelines.p.sink.groups", "g",
                "database.hostname", "unused",
                "database.dbname", "unused",
                "database.user", "unused",
                "kafka.bootstrap.servers", "unused:9092",
                "connect.url", "https://" + host + ":" + server.getAddress().getPort()));
        properties.putAll(ssl);
        return new ConnectRequests(new CdcProgressConfig(properties).connect(), Duration.ofSeconds(10))
                .get("/", WorkerInfo.class);
    }

    private static Map<String, String> trusting(String store, String password) {
        return Map.of(
                "connect.ssl.truststore.type", "PKCS12",
                "connect.ssl.truststore.location", store,
                "connect.ssl.truststore.password", password);
    }

    @Test
    void trustsWhatTheTruststoreTrusts() throws Exception {
        String store = folder.resolve("localhost.p12").toString();
        assertThat(ask("localhost", trusting(store, PASSWORD)).value().kafkaClusterId())
                .isEqualTo("secure");
    }

    @Test
    void trustsNothingElse() throws Exception {
        assertThat(ask("localhost", Map.of()).failure().detail()).contains("https://localhost", "certification path");
        assertThat(ask("localhost", trusting(store("elsewhere"), PASSWORD)).failed())
                .isTrue();
    }

    @Test
    void checksTheHostsName() throws Exception {
        String store = folder.resolve("localhost.p12").toString();
        assertThat(ask("127.0.0.1", trusting(store, PASSWORD)).failure().detail())
                .contains("https://127.0.0.1", "subject alternative names");
    }

    @Test
    void saysWhichSettingsCantBeUsed() throws Exception {
        String store = folder.resolve("localhost.p12").toString();
        assertThat(ask("localhost", trusting("/no/such/store", PASSWORD))
                        .failure()
                        .detail())
                .contains("connect.ssl.*", "/no/such/store")
                .doesNotContain(PASSWORD);
        assertThat(ask("localhost", trusting(store, "wrong-hush")).failure().detail())
                .contains("connect.ssl.*", store)
                .doesNotContain("hush");
    }
}
