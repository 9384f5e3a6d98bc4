package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectorListingTest {
    private static final ConnectorFacts GONE = new ConnectorFacts("c", State.MISSING, null);

    static ConnectorListing read(String json) throws IOException {
        return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), ConnectorListing.class);
    }

    private static String connector(String name, String type, String config, String status) {
        return """
                {"%s": {"status": %s,
                        "info": {"name": "%1$s", "config": {%s, "database.password": "hush"},
                                 "tasks": [{"connector": "%1$s", "task": 0}], "type": "%s"}}}""".formatted(name, status, config, type);
    }

    private static String status(String connector, String... tasks) {
        StringBuilder status =
                new StringBuilder("{\"name\":\"c\",\"connector\":{\"state\":\"" + connector + "\"},\"tasks\":[");
        for (int i = 0; i < tasks.length; i++) {
            status.append(i == 0 ? "" : ",")
                    .append("{\"id\":%d,\"state\":\"%s\",\"trace\":\"hush\"}".formatted(i, tasks[i]));
        }
        return status.append("],\"type\":\"source\"}").toString();
    }

    private static SourceFacts source(String config, String status) throws IOException {
        return read(connector("c", "source", config, status)).source("c", null);
    }

    private static Map<String, ConfiguredTopics> sink(String name, String config) throws IOException {
        return read(connector(name, "sink", config, status("RUNNING"))).sinkTopics(Set.of("connect-a", "own"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            errors.tolerance         | all               | errors.tolerance=all
            errors.tolerance         | ALL               | errors.tolerance=all
            errors.tolerance         | none              |
            errors.tolerance         | ${file:/f:k}      | errors.tolerance=${...}
            offset.mismatch.strategy | trust_slot        | offset.mismatch.strategy=trust_slot
            offset.mismatch.strategy | Trust_Greater_LSN | offset.mismatch.strategy=trust_greater_lsn
            offset.mismatch.strategy | trust_offset      |
            errors.log.enable        | all               |
            """)
    void namesTheSettingUnderWhichAnOffsetProvesNothing(String key, String value, String distrust) throws IOException {
        assertThat(source("\"%s\":\"%s\"".formatted(key, value), status("RUNNING"))
                        .distrust())
                .isEqualTo(distrust);
    }

    @Test
    void tellsThePrefixUnlessItIsAReference() throws IOException {
        assertThat(source("\"topic.prefix\":\"shop\"", status("RUNNING")).topicPrefix())
                .isEqualTo("shop");
        assertThat(source("\"topic.prefix\":\"${env:P}\"", status("RUNNING")).topicPrefix())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "?", textBlock = """
            "x":"y"                                                               | false
            "heartbeat.interval.ms":"0"                                           | false
            "heartbeat.interval.ms":" 5000 "                                      | true
            "heartbeat.interval.ms":5000                                          | true
            "heartbeat.interval.ms":"${env:BEAT}"                                 | ?
            "heartbeat.interval.ms":"often"                                       | ?
            "heartbeat.interval.ms":"1","topic.heartbeat.prefix":"beat"           | false
            "heartbeat.interval.ms":"1","topic.heartbeat.prefix":"${env:P}"       | ?
            "heartbeat.interval.ms":"1","topic.heartbeat.prefix":"__debezium-heartbeat" | true
            """)
    void tellsWhetherItBeatsInTheTopicThatIsWatched(String config, Boolean heartbeats) throws IOException {
        assertThat(source(config, status("RUNNING")).heartbeats()).isEqualTo(heartbeats);
    }

    @Test
    void remembersOfADeletedConnectorWhatItsOffsetRestsOn() throws IOException {
        SourceFacts before = source("\"errors.tolerance\":\"all\",\"topic.prefix\":\"shop\"", status("RUNNING"));
        assertThat(read("{}").source("c", before))
                .isEqualTo(new SourceFacts(false, GONE, "shop", null, true, "errors.tolerance=all"));
        assertThat(read("{}").source("c", null)).isEqualTo(new SourceFacts(false, GONE, null, null, null, null));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "?", textBlock = """
            "x":"y"                                | true
            "lsn.flush.mode":"connector"           | true
            "lsn.flush.mode":"manual"              | true
            "lsn.flush.mode":"CONNECTOR_AND_DRIVER"| false
            "lsn.flush.mode":"${env:MODE}"         | ?
            "flush.lsn.source":"${env:FLUSH}"      | ?
            """)
    void tellsWhetherTheSlotIsToldOnlyWhatIsStored(String config, Boolean confirmsStored) throws IOException {
        assertThat(source(config, status("RUNNING")).confirmsStored()).isEqualTo(confirmsStored);
    }

    @Test
    void tellsTheStateOfTheConnectorWhoseGroupItIs() throws IOException {
        Map<String, ConnectorFacts> sinks = read(connector(
                        "b", "sink", "\"consumer.override.group.id\":\"own\"", status("PAUSED", "RUNNING", "PAUSED")))
                .sinkConnectors(Set.of("own", "connect-b"), Map.of());
        assertThat(sinks).containsExactly(Map.entry("own", new ConnectorFacts("b", State.PAUSED, null)));
        assertThat(read("{}").sinkConnectors(Set.of("own"), sinks))
                .as("deleted")
                .containsExactly(Map.entry("own", new ConnectorFacts("b", State.MISSING, null)));
        assertThat(read(connector("own", "source", "\"x\":\"y\"", status("RUNNING")))
                        .sinkConnectors(Set.of("connect-own"), Map.of()))
                .isEmpty();
    }

    @Test
    void tellsWhatASinkConnectorIsConfiguredToConsume() throws IOException {
        assertThat(sink("a", "\"topics\":\" x, y ,\""))
                .isEqualTo(Map.of("connect-a", new ConfiguredTopics(Set.of("x", "y"), null)));
        ConfiguredTopics regex =
                sink("a", "\"topics.regex\":\"shop\\\\..*\",\"topics\":null").get("connect-a");
        assertThat(regex.matches("shop.t")).isTrue();
        assertThat(regex.matches("a.shop.t")).isFalse();
        assertThat(sink("b", "\"consumer.override.group.id\":\"own\",\"topics\":\"x\""))
                .containsOnlyKeys("own");
    }

    @Test
    void leavesOutGroupsOfNoPipelineAndTopicsThatItCantTell() throws IOException {
        assertThat(sink("b", "\"topics\":\"x\"")).isEmpty();
        assertThat(sink("a", "\"topics\":\"${file:/f:k}\"")).isEmpty();
        assertThat(sink("a", "\"topics.regex\":\"(\"")).isEmpty();
        assertThat(sink("a", "\"x\":\"y\"")).isEmpty();
        assertThat(read(connector("a", "source", "\"topics\":\"x\"", status("RUNNING")))
                        .sinkTopics(Set.of("connect-a")))
                .isEmpty();
    }

    @Test
    void takesTogetherWhatTwoConnectorsOfOneGroupConsume() throws IOException {
        String one = connector("a", "sink", "\"topics\":\"x\"", status("RUNNING"));
        String two = connector(
                "b",
                "sink",
                "\"consumer.override.group.id\":\"connect-a\",\"topics.regex\":\"y.*\"",
                status("RUNNING"));
        ConfiguredTopics both = read(one.substring(0, one.length() - 1) + "," + two.substring(1))
                .sinkTopics(Set.of("connect-a"))
                .get("connect-a");
        assertThat(both.matches("x")).isTrue();
        assertThat(both.matches("yy")).isTrue();
        String untold = two.replace("topics.regex", "topics.none");
        assertThat(read(one.substring(0, one.length() - 1) + "," + untold.substring(1))
                        .sinkTopics(Set.of("connect-a")))
                .as("less than all")
                .isEmpty();
    }

    @Test
    void refusesWhatIsNoListing() {
        for (String answer : new String[] {"[]", "[\"a\"]", "null", "", "<html>", "{\"a\":1}", "{\"a\":{}"}) {
            assertThatThrownBy(() -> read(answer)).as(answer).isInstanceOf(IOException.class);
        }
    }
}
