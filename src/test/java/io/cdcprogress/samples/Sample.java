package io.cdcprogress.samples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.cdcprogress.stack.TargetFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The connector of a file in {@code config/}.
 *
 * @param config as Connect gets it
 */
record Sample(Path file, String name, Map<String, String> config) {
    static final Path FOLDER = Path.of("config");

    static final String CONNECTOR = "io.cdcprogress.CdcProgressSourceConnector";

    static Sample of(String file) {
        return of(FOLDER.resolve(file));
    }

    /** Every connector there is, ours and sinks. */
    static Stream<Sample> all() {
        return Stream.of("*.json", "*.yaml")
                .flatMap(glob -> TargetFolder.files(FOLDER, glob).stream())
                .map(Sample::of);
    }

    /** Those of our connector. */
    static Stream<Sample> ours() {
        return all().filter(sample -> CONNECTOR.equals(sample.config.get("connector.class")));
    }

    private static Sample of(Path file) {
        JsonNode connector = documents(file).get(0);
        return file.toString().endsWith(".yaml") ? strimzi(file, connector) : connect(file, connector);
    }

    private static Sample connect(Path file, JsonNode connector) {
        return new Sample(file, connector.path("name").asText(), texts(connector.path("config")));
    }

    /** As Strimzi's operator hands it to Connect. */
    private static Sample strimzi(Path file, JsonNode resource) {
        ObjectNode config = resource.path("spec").path("config").deepCopy();
        config.set("connector.class", resource.path("spec").path("class"));
        config.set("tasks.max", resource.path("spec").path("tasksMax"));
        return new Sample(file, resource.at("/metadata/name").asText(), texts(config));
    }

    private static Map<String, String> texts(JsonNode config) {
        Map<String, String> texts = new LinkedHashMap<>();
        config.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    static List<JsonNode> documents(Path file) {
        ObjectMapper mapper =
                file.toString().endsWith(".yaml") ? new ObjectMapper(new YAMLFactory()) : new ObjectMapper();
        try (var documents = mapper.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
            return documents.readAll();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return file.getFileName().toString();
    }
}
