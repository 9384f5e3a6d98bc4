package io.cdcprogress.discover;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ListedConnectors.Sink;
import io.cdcprogress.model.ListedConnectors.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineFinderTest {
    private final Map<String, Source> sources = new HashMap<>();
    private final Map<String, Sink> sinks = new HashMap<>();
    private final Set<String> groups = new HashSet<>();
    private final Map<String, String> written = new HashMap<>(Map.of(
            "name", "progress",
            "pipelines", "*",
            "connect.url", "http://connect",
            "kafka.bootstrap.servers", "broker:9092"));

    private static Source source(String prefix, String... topics) {
        return new Source("slot_a", prefix, null, "db", "5433", "shop", Set.of(topics));
    }

    private static Sink reading(String topics) {
        return new Sink(null, new ConfiguredTopics(Set.of(topics.split(",")), null), null);
    }

    private static Sink readingAll(String regex) {
        return new Sink(null, new ConfiguredTopics(Set.of(), Pattern.compile(regex)), null);
    }

    private Discovered find() {
        DiscoveryRules rules = DiscoveryRules.of(new CdcProgressConfig(written));
        PipelineFinder finder = new PipelineFinder(sinks, groups, rules);
        return rules.discovers() ? finder.all(sources) : finder.named(rules.names());
    }

    private Map<String, DiscoveredPipeline> pipelines() {
        return find().pipelines().stream().collect(toMap(DiscoveredPipeline::name, pipeline -> pipeline));
    }

    private Map<String, String> values(String pipeline) {
        return new TreeMap<>(pipelines().get(pipeline).values());
    }

    private List<String> warnings() {
        return find().notices().stream()
                .filter(Discovered.Notice::warning)
                .map(Discovered.Notice::text)
                .toList();
    }

    @Test
    void twoServersThatWriteOneTopicAreTwoHistoriesAndNoPipeline() {
        sources.put("east", source("a", "all.orders"));
        sources.put("west", new Source("slot_b", "b", null, "other", "5433", "shop", Set.of("all.orders", "all.west")));
        sources.put("stock", source("stock", "stock.parts"));
        sinks.put("warehouse", readingAll(".*"));

        assertThat(pipelines()).containsOnlyKeys("stock");
        assertThat(warnings()).anySatisfy(text -> assertThat(text).contains("east and west", "topic all.orders"));
        written.put("pipelines.west.topics.regex", "all\\.west");
        assertThat(pipelines()).containsOnlyKeys("stock", "east", "west");
    }

    @Test
    void twoSlotsOfOneServerMayWriteOneTopic() {
        sources.put("blue", source("a", "all.orders"));
        sources.put("green", source("a", "all.orders"));
        sinks.put("warehouse", readingAll(".*"));

        assertThat(pipelines()).containsOnlyKeys("blue", "green");
    }

    @Test
    void aPipelineIsWhatItsConnectorSaysAndItsSinksAreThoseThatReadItsTopics() {
        sources.put("orders", source("shop", "shop.public.orders", "__debezium-heartbeat.shop"));
        sinks.put("by name", reading("shop.public.orders"));
        sinks.put("by pattern", readingAll("shop\\.public\\..*"));
        sinks.put("another", reading("stock.public.parts"));
        assertThat(values("orders"))
                .containsExactly(
                        Map.entry("database.dbname", "shop"),
                        Map.entry("database.hostname", "db"),
                        Map.entry("database.port", "5433"),
                        Map.entry("sink.groups", "connect-by name,connect-by pattern"),
                        Map.entry("slot.name", "slot_a"),
                        Map.entry("source.connector", "orders"),
                        Map.entry("topic.prefix", "shop"));
        assertThat(pipelines().get("orders").unknown()).isEmpty();
        assertThat(warnings()).isEmpty();
    }

    @Test
    void whatDebeziumIsNotToldIsDebeziumsDefault() {
        sources.put("orders", new Source(null, "shop", null, "db", null, "shop", null));
        sinks.put("sink", reading("shop.public.orders"));
        assertThat(values("orders")).containsEntry("slot.name", "debezium").containsEntry("database.port", "5432");
    }

    @Test
    void pipelinesAreInTheOrderOfTheirNamesWhateverTheListingsOrderIs() {
        for (String name : List.of("b", "a", "c")) {
            sources.put(name, source(name));
            sinks.put("sink-" + name, reading(name + ".public.t"));
        }
        assertThat(find().pipelines()).extracting(DiscoveredPipeline::name).containsExactly("a", "b", "c");
    }

    @Test
    void oddCharactersOfANameBecomeUnderscores() {
        sources.put("shop.orders v2/ü", source("shop"));
        sinks.put("sink", reading("shop.public.orders"));
        assertThat(values("shop_orders_v2__")).containsEntry("source.connector", "shop.orders v2/ü");
    }

    @Test
    void ofTwoConnectorsThatWouldBeOnePipelineTheOneWithThatVeryNameIsAndItIsSaid() {
        sources.put("a.b", source("first"));
        sources.put("a_b", source("second"));
        sinks.put("sink", reading("first.public.t,second.public.t,third.public.t"));
        assertThat(values("a_b")).containsEntry("topic.prefix", "second");
        assertThat(warnings()).singleElement().asString().contains("connectors a_b and a.b are both pipeline a_b");
        sources.remove("a_b");
        sources.put("a b", source("third"));
        assertThat(values("a_b")).as("the first by name").containsEntry("topic.prefix", "third");
        assertThat(warnings()).singleElement().asString().contains("connectors a b and a.b");
    }

    /** Each row: slot, host, port, database, and the key that is to be set. */
    @ParameterizedTest
    @CsvSource(nullValues = "-", textBlock = """
            ${file:/x:y} , db            , 5432         , shop         , slot.name
            Not-a-Slot   , db            , 5432         , shop         , slot.name
            slot_a       , ${file:/x:y}  , 5432         , shop         , database.hostname
            slot_a       , -             , 5432         , shop         , database.hostname
            slot_a       , db/x?ssl=off& , 5432         , shop         , database.hostname
            slot_a       , db            , ${env:PORT}  , shop         , database.port
            slot_a       , db            , soon         , shop         , database.port
            slot_a       , db            , 5432         , a${x:y}      , database.dbname
            slot_a       , db            , 5432         , -            , database.dbname
            """)
    void whatCantBeCopiedIsToBeSet(String slot, String host, String port, String dbname, String key) {
        sources.put("orders", new Source(slot, "shop", null, host, port, dbname, Set.of()));
        sinks.put("sink", reading("shop.public.orders"));
        assertThat(pipelines().get("orders").unknown()).containsExactly(key);
        assertThat(values("orders")).doesNotContainKey(key);
        assertThat(find().toString()).doesNotContain("${");

        written.put("pipelines.orders." + key, key.equals("database.port") ? "1" : "mine");
        assertThat(pipelines().get("orders").unknown()).as("set").isEmpty();
    }

    @Test
    void whatIsWrittenIsNotDiscovered() {
        sources.put("orders", source("shop"));
        sinks.put("sink", reading("mine.public.orders"));
        written.put("pipelines.orders.topic.prefix", "mine");
        written.put("pipelines.orders.slot.name", "mine");
        written.put("pipelines.orders.database.hostname", "mine");
        written.put("pipelines.orders.source.connector", "mine");
        assertThat(values("orders")).containsOnlyKeys("database.dbname", "database.port", "sink.groups");
        written.put("pipelines.orders.sink.groups", "mine");
        assertThat(values("orders")).doesNotContainKey("sink.groups");
    }

    @Test
    void aWrittenPatternSaysWhichTopicsAreThePipelines() {
        sources.put("orders", source("shop", "all.orders", "shop.public.x"));
        sinks.put("sink", readingAll("all\\..*"));
        sinks.put("other", reading("shop.public.x"));
        written.put("pipelines.orders.topics.regex", "all\\.orders");
        assertThat(values("orders"))
                .doesNotContainKeys("topic.prefix", "topics.regex")
                .containsEntry("sink.groups", "connect-sink");
    }

    @Test
    void keysOfANameThatIsNotDiscoveredAreOnlyWarnedOf() {
        sources.put("orders", source("shop"));
        sinks.put("sink", reading("shop.public.orders"));
        written.put("pipelines.order.slot.name", "typo");
        assertThat(pipelines()).containsOnlyKeys("orders");
        assertThat(warnings()).singleElement().asString().contains("pipelines.order.*", "[orders]");
    }

    @Test
    void renamedTopicsAreNamedBesideThePrefix() {
        sources.put(
                "orders",
                source("shop", "orders", "a.b", "shop.public.c", "shop.transaction", "__debezium-heartbeat.shop"));
        sinks.put("sink", reading("a.b"));
        Map<String, String> values = values("orders");
        assertThat(values).containsEntry("topic.prefix", "shop").containsEntry("sink.groups", "connect-sink");
        Pattern regex = Pattern.compile(values.get("topics.regex"));
        assertThat(List.of("orders", "a.b", "shop.public.new")).allMatch(regex.asMatchPredicate());
        assertThat(List.of("orders2", "axb", "shopping", "__debezium-heartbeat.shop"))
                .noneMatch(regex.asMatchPredicate());
    }

    @Test
    void aHeartbeatTopicWithAPrefixOfItsOwnIsNoRenamedTopic() {
        sources.put(
                "orders",
                new Source("s", "shop", "beat", "db", null, "shop", Set.of("beat.shop", "shop.public.orders")));
        sinks.put("sink", reading("shop.public.orders"));
        assertThat(values("orders")).doesNotContainKey("topics.regex");
    }

    @Test
    void withoutAPrefixThatCanBeToldTheWrittenTopicsAreThePipelines() {
        sources.put("orders", source("${file:/x:prefix}", "shop.public.orders"));
        sinks.put("sink", reading("shop.public.orders"));
        assertThat(values("orders")).doesNotContainKey("topic.prefix").containsKey("topics.regex");
        sources.put("orders", source("${file:/x:prefix}"));
        assertThat(pipelines()).isEmpty();
        assertThat(warnings()).singleElement().asString().contains("pipelines.orders.topic.prefix");
    }

    @Test
    void topicsOfALongerPrefixAreItsPipelines() {
        sources.put("all", source("shop", "shop.public.orders"));
        sources.put("eu", source("shop.eu"));
        sinks.put("sink-all", reading("shop.public.orders"));
        sinks.put("sink-eu", reading("shop.eu.public.orders"));
        assertThat(values("all")).containsEntry("sink.groups", "connect-sink-all");
        assertThat(values("eu")).containsEntry("sink.groups", "connect-sink-eu");
        assertThat(pipelines().get("all").longerPrefixes()).containsExactly("shop.eu");

        written.put("pipelines.typo.topic.prefix", "shop.us");
        assertThat(pipelines().get("all").longerPrefixes())
                .as("of pipelines that are there")
                .containsExactly("shop.eu");
    }

    @Test
    void whereConnectDoesNotTellTopicsThePrefixAndTheSinksPatternsDecide() {
        sources.put("orders", new Source("s", "shop", null, "db", null, "shop", null));
        sinks.put("a", readingAll("shop\\.public\\..*"));
        sinks.put("b", readingAll(".*\\.orders"));
        sinks.put("c", readingAll("stock\\..*"));
        sinks.put("d", readingAll("sho"));
        sinks.put("e", reading("shop.public.orders"));
        assertThat(values("orders")).containsEntry("sink.groups", "connect-a,connect-b,connect-e");
    }

    @Test
    void whatASinkIsToldToReadCountsAndNotWhatItOnceHasRead() {
        sources.put("orders", source("shop", "shop.public.orders"));
        sinks.put("moved away", new Sink(null, new ConfiguredTopics(Set.of("x"), null), Set.of("shop.public.orders")));
        assertThat(pipelines()).isEmpty();
        sinks.put("not told", new Sink(null, null, Set.of("shop.public.orders")));
        assertThat(values("orders")).containsEntry("sink.groups", "connect-not told");
    }

    @Test
    void aSinksOwnGroupIsTakenUnlessItCantBeTold() {
        sources.put("orders", source("shop"));
        ConfiguredTopics topics = new ConfiguredTopics(Set.of("shop.public.orders"), null);
        sinks.put("a", new Sink("mine", topics, null));
        sinks.put("b", new Sink("${file:/x:group}", topics, null));
        sinks.put("c,d", new Sink(null, topics, null));
        assertThat(values("orders")).containsEntry("sink.groups", "mine");
        assertThat(warnings())
                .hasSize(2)
                .allMatch(text -> text.contains("set pipelines.orders.sink.groups") && !text.contains("${"));
        written.put("pipelines.orders.sink.groups", "mine,another");
        assertThat(warnings()).isEmpty();
    }

    @Test
    void aPipelineWithoutASinkIsNoPipelineYetAndThatIsNoWarning() {
        sources.put("orders", source("shop"));
        assertThat(pipelines()).isEmpty();
        assertThat(find().notices()).singleElement().satisfies(notice -> {
            assertThat(notice.warning()).isFalse();
            assertThat(notice.text()).contains("pipeline orders", "no sink connector consumes its topics");
        });
        written.put("pipelines.orders.sink.groups", "flink");
        assertThat(pipelines()).containsOnlyKeys("orders");
    }

    @Test
    void groupsOfAPatternAreThoseThatItMatchesWhole() {
        groups.addAll(List.of("sink-b", "sink-a", "my-sink-a", "sink-${x:y}"));
        sources.put("orders", source("shop"));
        written.put("pipelines.orders.sink.groups.regex", "sink-.*");
        assertThat(values("orders")).containsEntry("sink.groups", "sink-a,sink-b");

        written.putAll(Map.of(
                "pipelines", "stock,orders",
                "pipelines.orders.topic.prefix", "shop",
                "pipelines.stock.topic.prefix", "stock",
                "pipelines.stock.sink.groups", "g",
                "database.hostname", "db",
                "database.dbname", "d",
                "database.user", "u"));
        assertThat(find().pipelines()).extracting(DiscoveredPipeline::name).containsExactly("stock", "orders");
        assertThat(values("stock")).isEmpty();
        assertThat(values("orders")).isEqualTo(Map.of("sink.groups", "sink-a,sink-b"));
        groups.removeAll(Set.of("sink-a", "sink-b"));
        assertThat(pipelines()).containsOnlyKeys("stock");
    }

    @Test
    void ownTopicsAreNoPipelines() {
        sources.put("cdc", source("cdc", "cdc.public.x"));
        sinks.put("archive", reading("cdc.progress"));
        assertThat(pipelines()).isEmpty();
        assertThat(warnings()).isEmpty();
    }
}
