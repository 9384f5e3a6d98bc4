package io.cdcprogress.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** docker/compose.yml. */
record Compose(JsonNode services) {
    static final Path FOLDER = Path.of("docker");

    /** {@code source:target[:ro]}, the source from the file's folder. */
    record Mount(Path source, String target) {
        static Mount of(String text) {
            String[] parts = text.split(":", -1);
            return new Mount(FOLDER.resolve(parts[0]).normalize(), parts[1]);
        }
    }

    static Compose read() throws IOException {
        return new Compose(new YAMLMapper()
                .readTree(FOLDER.resolve("compose.yml").toFile())
                .path("services"));
    }

    Stream<Map.Entry<String, JsonNode>> each() {
        return services.properties().stream();
    }

    Stream<Mount> mounts() {
        return each().flatMap(service -> Dashboard.elements(service.getValue().path("volumes")))
                .map(volume -> Mount.of(volume.asText()));
    }

    /** Ports of this machine, and whose they are. */
    Map<Integer, String> ports() {
        Map<Integer, String> ports = new HashMap<>();
        each().forEach(service -> Dashboard.elements(service.getValue().path("ports"))
                .map(port -> port.asText().split(":", -1))
                .forEach(port -> ports.put(Integer.valueOf(port[1]), service.getKey())));
        return ports;
    }
}
