package io.cdcprogress.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.ConfigRules;
import io.cdcprogress.config.PipelineKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What can be told of the files in config/ without a server. */
class SamplesTest {
    private static final Pattern SECRET = Pattern.compile(".*(password|jaas\\.config|secret|token|\\.key)");
    private static final Pattern KUBERNETES_SECRET = Pattern.compile("\\$\\{secrets:kafka/([^:]+):[^}]+}");

    static Stream<Sample> all() {
        return Sample.all();
    }

    static Stream<Sample> ours() {
        return Sample.ours();
    }

    static Stream<Sample> oursThatCreateTopics() {
        return Sample.ours().filter(sample -> !sample.file().endsWith("cdc-progress-minimal.json"));
    }

    @ParameterizedTest
    @MethodSource("ours")
    void everyOneIsAValidConfiguration(Sample sample) {
        assertThat(ConfigRules.check(sample.config()).values())
                .allSatisfy(value ->
                        assertThat(value.errorMessages()).as(value.name()).isEmpty());
    }

    @ParameterizedTest
    @MethodSource("oursThatCreateTopics")
    void topicsKeepTheLatestStateAndAHistory(Sample sample) {
        assertThat(sample.config())
                .containsEntry("topic.creation.default.cleanup.policy", "compact,delete")
                .containsEntry("topic.creation.default.min.compaction.lag.ms", "86400000")
                .containsEntry("topic.creation.default.retention.ms", "604800000")
                .containsEntry("topic.creation.default.segment.ms", "3600000");
    }

    @Test
    void theFullOneHasEveryKey() {
        Set<String> keys = Sample.of("cdc-progress-full.json").config().keySet();
        assertThat(keys).containsAll(CdcProgressConfig.commonDefinition().names());
        ConfigDef ofPipelines = new ConfigDef();
        PipelineKeys.define(ofPipelines, "p");
        // Some contradict each other, so there are two pipelines.
        assertThat(keys.stream()
                        .filter(key -> key.startsWith("pipelines."))
                        .map(key -> key.replaceFirst("orders|billing", "p")))
                .containsAll(ofPipelines.names());
    }

    @ParameterizedTest
    @MethodSource("all")
    void noSecretStandsInClear(Sample sample) {
        Map<String, String> secrets = sample.config().entrySet().stream()
                .filter(entry -> SECRET.matcher(entry.getKey()).matches())
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        assertThat(secrets).isNotEmpty();
        assertThat(secrets.values())
                .allSatisfy(value -> assertThat(value.equals("change-me") || value.contains("${"))
                        .as(value)
                        .isTrue());
    }

    @Test
    void theRoleOfTheStrimziOneReadsTheSecretsThatItNames() {
        Sample sample = Sample.of("cdc-progress-strimzi.yaml");
        Set<String> named = sample.config().values().stream()
                .flatMap(value -> KUBERNETES_SECRET.matcher(value).results())
                .map((MatchResult reference) -> reference.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        List<JsonNode> resources = Sample.documents(sample.file());
        assertThat(resources.stream().map(resource -> resource.path("kind").asText()))
                .containsExactly("KafkaConnector", "Role", "RoleBinding");
        assertThat(resources.get(1).at("/rules/0/resourceNames"))
                .extracting(JsonNode::asText)
                .containsExactlyElementsOf(named);
    }

    @Test
    void theReadmeSaysWhatEachIsFor() throws IOException {
        String readme = Files.readString(Sample.FOLDER.resolve("README.md"));
        try (Stream<Path> files = Files.list(Sample.FOLDER)) {
            assertThat(files.filter(Files::isRegularFile)
                            .map(file -> file.getFileName().toString())
                            .filter(name -> !name.equals("README.md")))
                    .isNotEmpty()
                    .allSatisfy(name -> assertThat(readme).contains("`" + name + "`"));
        }
    }
}
