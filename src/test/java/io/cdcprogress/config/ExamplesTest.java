package io.cdcprogress.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in config/ is what users copy. */
class ExamplesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Map<String, String> config(String file) throws Exception {
        JsonNode connector = JSON.readTree(Path.of("config", file).toFile());
        return JSON.convertValue(connector.path("config"), new TypeReference<Map<String, String>>() {});
    }

    @ParameterizedTest
    @ValueSource(strings = {"cdc-progress.json", "cdc-progress-explicit.json"})
    void everyExampleIsAValidConfiguration(String file) throws Exception {
        assertThat(ConfigRules.check(config(file)).values())
                .allSatisfy(value ->
                        assertThat(value.errorMessages()).as(value.name()).isEmpty());
    }

    @ParameterizedTest
    @ValueSource(strings = {"cdc-progress.json", "cdc-progress-explicit.json"})
    void topicsKeepTheLatestStateAndAHistory(String file) throws Exception {
        assertThat(config(file))
                .containsEntry("topic.creation.default.cleanup.policy", "compact,delete")
                .containsEntry("topic.creation.default.min.compaction.lag.ms", "86400000")
                .containsEntry("topic.creation.default.retention.ms", "604800000")
                .containsEntry("topic.creation.default.segment.ms", "3600000");
    }
}
