package io.cdcprogress.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be said of the containers without any: that all that the files name is there and agrees. */
class ComposeTest {
    private static final Pattern PINNED = Pattern.compile("[a-z/-]+:v?\\d+\\.\\d+.*");
    private static final Pattern ADDRESS =
            Pattern.compile("(?<![\\w.-])(postgres|kafka|connect|prometheus|grafana):(\\d{4,5})\\b");

    private Compose compose;

    @BeforeEach
    void read() throws Exception {
        compose = Compose.read();
        assertThat(compose.services()).hasSizeGreaterThan(5);
    }

    private static String text(String... path) throws Exception {
        return Files.readString(Path.of("docker", path));
    }

    @Test
    void imagesArePinned() throws Exception {
        assertThat(compose.each()
                        .map(service -> service.getValue().path("image").asText()))
                .allSatisfy(image -> assertThat(image).matches(PINNED));
        assertThat(text("Dockerfile").lines().filter(line -> line.startsWith("FROM ")))
                .hasSize(2)
                .allSatisfy(line -> assertThat(line.split(" ", -1)[1]).matches(PINNED));
    }

    @Test
    void kafkaIsTheOneThatTheTestsRun() throws Exception {
        String version = Pattern.compile("<kafka.version>(.+)</kafka.version>")
                .matcher(Files.readString(Path.of("pom.xml")))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
        assertThat(compose.services().path("kafka").path("image").asText()).isEqualTo("apache/kafka:" + version);
        assertThat(text("Dockerfile")).contains("\nFROM apache/kafka:" + version + "\n");
    }

    @Test
    void whatIsMountedOrCopiedIsThere() throws Exception {
        assertThat(compose.mounts())
                .isNotEmpty()
                .allSatisfy(mount -> assertThat(mount.source()).exists());
        assertThat(text("Dockerfile").lines().filter(line -> line.startsWith("COPY ") && !line.contains("--from=")))
                .isNotEmpty()
                .allSatisfy(line -> assertThat(Path.of(line.split(" ", -1)[1])).exists());
        JsonNode build = compose.services().path("connect").path("build");
        assertThat(Compose.FOLDER.resolve(build.path("context").asText()).resolve("docker/Dockerfile"))
                .exists();
        assertThat(build.path("dockerfile").asText()).isEqualTo("docker/Dockerfile");
    }

    @Test
    void whoWaitsForAServiceWaitsForOneThatSaysHowItIs() {
        compose.each()
                .flatMap(service -> service.getValue().path("depends_on").properties().stream())
                .forEach(dependency -> {
                    assertThat(dependency.getValue().path("condition").asText()).isEqualTo("service_healthy");
                    assertThat(compose.services().path(dependency.getKey()).path("healthcheck"))
                            .as(dependency.getKey())
                            .isNotEmpty();
                });
    }

    @Test
    void portsAreThoseOfTheReadmeAndOfThisMachineAlone() throws Exception {
        Map<Integer, String> told = Pattern.compile("(?m)^\\| (\\d+) \\| (\\w+) \\|")
                .matcher(text("README.md"))
                .results()
                .collect(Collectors.toMap(row -> Integer.valueOf(row.group(1)), row -> row.group(2)));
        assertThat(compose.ports()).isEqualTo(told);
        compose.each()
                .flatMap(service -> Dashboard.elements(service.getValue().path("ports")))
                .forEach(port -> assertThat(port.asText()).startsWith("127.0.0.1:"));
    }

    /** In all that runs inside: the broker, the worker, the connectors, Prometheus, Grafana. */
    @Test
    void addressesLeadToWhatListensThere() throws Exception {
        Map<String, Integer> listens = Map.of("postgres", 5432, "kafka", 9092, "connect", 8083, "prometheus", 9090);
        String all = text("compose.yml")
                + text("connect-distributed.properties")
                + text("prometheus", "prometheus.yml")
                + text("grafana", "datasource.yml")
                + text("connectors", "cdc-progress.json")
                + text("connectors", "orders-sink.json");
        assertThat(ADDRESS.matcher(all.replace("connect:9404", "")).results())
                .hasSizeGreaterThan(6)
                .allSatisfy(found -> assertThat(Integer.valueOf(found.group(2)))
                        .as(found.group())
                        .isEqualTo(listens.get(found.group(1))));
        assertThat(text("connectors", "orders-source.json"))
                .contains("\"database.hostname\": \"postgres\"", "\"database.port\": \"5432\"");
        assertThat(compose.services()
                        .path("kafka")
                        .path("environment")
                        .path("KAFKA_LISTENERS")
                        .asText())
                .contains("://:9092", "://:29092");
    }

    @Test
    void theWorkerListensAndIsScrapedWhereItIsSaid() throws Exception {
        Properties worker = new Properties();
        worker.load(new StringReader(text("connect-distributed.properties")));
        String dockerfile = text("Dockerfile");

        assertThat(worker.getProperty("listeners")).isEqualTo("http://:8083");
        assertThat(worker.getProperty("plugin.path")).isEqualTo("/opt/connect-plugins");
        assertThat(dockerfile)
                .contains("EXPOSE 8083 9404", "=9404:/opt/jmx-exporter/jmx-exporter.yml", " /opt/connect-plugins\n");
        assertThat(new YAMLMapper()
                        .readTree(text("prometheus", "prometheus.yml"))
                        .at("/scrape_configs/0/static_configs/0/targets/0")
                        .asText())
                .isEqualTo("connect:9404");
    }

    @Test
    void grafanaFindsTheDashboard() throws Exception {
        String home = compose.services()
                .path("grafana")
                .path("environment")
                .path("GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH")
                .asText();
        String folder = new YAMLMapper()
                .readTree(text("grafana", "dashboards.yml"))
                .at("/providers/0/options/path")
                .asText();
        Compose.Mount mount = compose.mounts()
                .filter(each -> each.target().equals(folder))
                .findFirst()
                .orElseThrow();

        assertThat(home).startsWith(folder + "/");
        assertThat(mount.source().resolve(home.substring(folder.length() + 1))).isEqualTo(Dashboard.FILE);
    }

    @Test
    void prometheusTakesItsConfiguration(@TempDir Path folder) throws Exception {
        Optional<Promtool> promtool = Promtool.find();
        assumeTrue(promtool.isPresent(), "there is no promtool here: install Debian's package prometheus");
        for (Compose.Mount mount : compose.mounts()
                .filter(each -> each.target().startsWith("/etc/prometheus/"))
                .toList()) {
            Files.copy(mount.source(), folder.resolve(Path.of(mount.target()).getFileName()));
        }

        Promtool.Answer answer = promtool.get()
                .run("check", "config", folder.resolve("prometheus.yml").toString());

        assertThat(answer.content()).as(answer.said()).isTrue();
        assertThat(answer.said()).contains("1 rule files found");
    }
}
