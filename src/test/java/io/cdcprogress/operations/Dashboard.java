package io.cdcprogress.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** config/grafana/cdc-progress.json. */
record Dashboard(JsonNode json) {
    static final Path FILE = Path.of("config", "grafana", "cdc-progress.json");

    static Dashboard read() throws IOException {
        return new Dashboard(new ObjectMapper().readTree(FILE.toFile()));
    }

    /** With the rows, which are panels too. */
    List<JsonNode> panels() {
        return elements(json.path("panels")).toList();
    }

    /** What they show, as Prometheus is asked for all pipelines; there is no other macro or variable. */
    List<String> expressions() {
        return panels().stream()
                .flatMap(panel -> elements(panel.path("targets")))
                .map(target -> target.path("expr").asText())
                .map(expression -> expression
                        .replace("$__rate_interval", "1m")
                        .replace("$pipeline", ".*")
                        .replace("$sink_group", ".*"))
                .toList();
    }

    static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }
}
