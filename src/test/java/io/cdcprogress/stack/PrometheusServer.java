package io.cdcprogress.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Prometheus of the machine's own, as a child process with a data folder below target. */
public final class PrometheusServer implements AutoCloseable {
    /**
     * One element of an instant query's answer.
     *
     * @param labels without the name
     */
    public record Sample(Map<String, String> labels, double value) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern LISTENS = Pattern.compile("msg=\"Listening on\" address=(\\S+)");

    private final ServerProcess process;
    private final URI url;
    private final HttpClient client = HttpClient.newHttpClient();

    private PrometheusServer(ServerProcess process, URI url) {
        this.process = process;
        this.url = url;
    }

    /** Whether this machine has one: Debian's package {@code prometheus} on the path. */
    public static boolean installed() {
        return binary() != null;
    }

    private static Path binary() {
        return Stream.of(System.getenv("PATH").split(java.io.File.pathSeparator))
                .map(folder -> Path.of(folder, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    /**
     * Scrapes every second.
     *
     * @param targets as the job {@code connect}
     * @param rules files of alerts
     */
    public static PrometheusServer start(List<Address> targets, Path... rules) {
        Path folder = TargetFolder.fresh("prometheus");
        Path config = folder.resolve("prometheus.yml");
        try {
            Files.writeString(config, config(targets, List.of(rules)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Path output = folder.resolve("prometheus.log");
        ServerProcess process = ServerProcess.start(
                "Prometheus",
                List.of(
                        binary().toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:0"),
                output);
        String address = process.awaitLogged(output, LISTENS);
        if (address == null) {
            process.close();
            throw new StackException("Prometheus did not start: " + process.printed());
        }
        return new PrometheusServer(process, URI.create("http://" + address + "/"));
    }

    private static String config(List<Address> targets, List<Path> rules) {
        List<String> lines = new ArrayList<>();
        lines.add("global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}");
        lines.add("rule_files: "
                + rules.stream().map(rule -> "'" + rule.toAbsolutePath() + "'").toList());
        lines.add("scrape_configs:");
        lines.add("  - job_name: connect");
        lines.add("    static_configs:");
        lines.add("      - targets: "
                + targets.stream().map(target -> "'" + target + "'").toList());
        return String.join("\n", lines) + "\n";
    }

    public URI url() {
        return url;
    }

    /**
     * The answer to an instant query that gives a vector or a scalar.
     *
     * @throws StackException if the expression is not valid
     */
    public List<Sample> query(String expression) {
        JsonNode data = get("api/v1/query?query=" + URLEncoder.encode(expression, UTF_8))
                .path("data");
        if (data.path("resultType").asText().equals("scalar")) {
            return List.of(new Sample(Map.of(), data.path("result").path(1).asDouble()));
        }
        List<Sample> samples = new ArrayList<>();
        for (JsonNode element : data.path("result")) {
            Map<String, String> labels = new TreeMap<>();
            element.path("metric").properties().forEach(label -> {
                if (!label.getKey().equals("__name__")) {
                    labels.put(label.getKey(), label.getValue().asText());
                }
            });
            samples.add(new Sample(labels, element.path("value").path(1).asDouble()));
        }
        return samples;
    }

    /** Types and helps by name, as the targets told them. */
    public Map<String, String> metadata() {
        JsonNode data = get("api/v1/metadata").path("data");
        Map<String, String> metadata = new TreeMap<>();
        data.properties()
                .forEach(metric -> metadata.put(
                        metric.getKey(),
                        metric.getValue().path(0).path("type").asText() + " "
                                + metric.getValue().path(0).path("help").asText()));
        return metadata;
    }

    /** Alerts that wait or fire now, by name. */
    public List<String> alerts() {
        List<String> alerts = new ArrayList<>();
        get("api/v1/alerts")
                .at("/data/alerts")
                .forEach(alert -> alerts.add(alert.at("/labels/alertname").asText()));
        return alerts.stream().sorted().distinct().collect(Collectors.toList());
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> response =
                    client.send(HttpRequest.newBuilder(url.resolve("/" + path)).build(), BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (!answer.path("status").asText().equals("success")) {
                throw new StackException("Prometheus refuses " + path + ": "
                        + answer.path("error").asText());
            }
            return answer;
        } catch (IOException e) {
            throw new StackException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(path, e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
