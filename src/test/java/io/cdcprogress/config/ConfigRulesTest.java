package io.cdcprogress.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigRulesTest {
    private final Map<String, String> properties = new HashMap<>(Map.of(
            "name", "progress",
            "pipelines", "orders",
            "pipelines.orders.topic.prefix", "shop",
            "pipelines.orders.sink.groups", "connect-sink",
            "database.hostname", "db",
            "database.dbname", "shop",
            "database.user", "monitor",
            "kafka.bootstrap.servers", "broker:9092"));

    private Map<String, List<String>> errors() {
        return ConfigRules.check(properties).values().stream()
                .filter(value -> !value.errorMessages().isEmpty())
                .collect(Collectors.toMap(value -> value.name(), value -> value.errorMessages()));
    }

    /** Exactly one complaint, on the key that is wrong, and it says what to write. */
    private void assertComplaint(String key, String words) {
        assertThat(errors()).containsOnlyKeys(key);
        assertThat(errors().get(key)).singleElement().asString().contains(words);
    }

    @Test
    void acceptsTheLeastThatIsNeeded() {
        assertThat(errors()).isEmpty();
    }

    /** Each row: the key to set, its value ('-' removes the key), the key that is complained of, words that help. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            pipelines.orders.slot.name    | Bad-Slot            | pipelines.orders.slot.name    | lower-case letters
            pipelines.orders.slot.name    | ''                  | pipelines.orders.slot.name    | lower-case letters
            pipelines.orders.sink.groups  | -                   | pipelines.orders.sink.groups  | connect-<its name>
            pipelines.orders.sink.groups  | ''                  | pipelines.orders.sink.groups  | connect-<its name>
            pipelines.orders.sink.groups  | a,a                 | pipelines.orders.sink.groups  | twice
            pipelines.orders.topic.prefix | -                   | pipelines.orders.topic.prefix | pipelines.orders.topics.regex
            pipelines.orders.topic.prefix | shop.               | pipelines.orders.topic.prefix | without the dot
            pipelines.orders.topic.prefix | sh op               | pipelines.orders.topic.prefix | letters, digits
            pipelines.orders.topics.regex | x.*                 | pipelines.orders.topics.regex | keep one of the two
            pipelines.orders.sink.groups.regex | connect-.*     | pipelines.orders.sink.groups.regex | keep one of the two
            pipelines.orders.isolation.level | committed        | pipelines.orders.isolation.level | read_committed
            pipelines.orders.database.port | 99999              | pipelines.orders.database.port | 65535
            pipelines.orders.slotname     | s                   | pipelines.orders.slotname     | did you mean pipelines.orders.slot.name?
            pipelines.orders.databse.password | hush            | pipelines.orders.databse.password | did you mean pipelines.orders.database.password?
            pipelines.order.slot.name     | s                   | pipelines.order.slot.name     | did you mean pipelines.orders.slot.name?
            pipelines.orders              | s                   | pipelines.orders              | is not a key of a pipeline
            database.port                 | 0                   | database.port                 | from 1 to 65535
            database.port                 | five                | database.port                 | Not a number
            database.hostname             | -                   | database.hostname             | pipelines.orders.database.hostname
            database.hostname             | db:5432             | database.hostname             | database.port
            database.hostname             | db/shop?ssl=true&   | database.hostname             | the host alone
            database.hostname             | u:p@db              | database.hostname             | the host alone
            database.hostname             | a,b                 | database.hostname             | the host alone
            database.dbname               | -                   | database.dbname               | pipelines.orders.database.dbname
            database.user                 | -                   | database.user                 | pipelines.orders.database.user
            database.sslmode              | strong              | database.sslmode              | verify-full
            kafka.bootstrap.servers       | -                   | kafka.bootstrap.servers       | host:port
            kafka.bootstrap.servers       | broker              | kafka.bootstrap.servers       | host:port
            database.sslmod               | verify-full         | database.sslmod               | did you mean database.sslmode?
            kafka.bootstrap.servers       | broker:99999999999  | kafka.bootstrap.servers       | 65535
            kafka.bootstrap.servers       | broker:99999        | kafka.bootstrap.servers       | 65535
            progress.topic                | a b                 | progress.topic                | not a topic name
            partitions.topic              | cdc.progress        | partitions.topic              | topic of its own
            poll.interval.ms              | 99                  | poll.interval.ms              | from 100
            poll.interval.ms              | soon                | poll.interval.ms              | Not a number
            observation.timeout.ms        | 0                   | observation.timeout.ms        | from 100
            inference.settle.ms           | 99                  | inference.settle.ms           | from 100
            flush.interval.ms             | 0                   | flush.interval.ms             | from 100
            positions.enabled             | maybe               | positions.enabled             | true or false
            pipelines.orders.source.connector | ' '             | pipelines.orders.source.connector | blank
            pipelines.orders.source.connector | orders          | connect.url                   | pipelines.orders.source.connector can't do without
            pipelines.orders.source.conector | orders           | pipelines.orders.source.conector | did you mean pipelines.orders.source.connector?
            pipelines.orders.value.converter | no class         | pipelines.orders.value.converter | write it in full
            pipelines.orders.value.convertor | a.B              | pipelines.orders.value.convertor | did you mean pipelines.orders.value.converter?
            pipelines.orders.value.converter. | x               | pipelines.orders.value.converter. | is not a key of a pipeline
            pipelines.orders.value.converter.x | y              | pipelines.orders.value.converter.x | name its class in pipelines.orders.value.converter
            connect.url                   | ''                  | connect.url                   | at least one address
            connect.url                   | connect:8083        | connect.url                   | http://connect:8083
            connect.url                   | ftp://connect       | connect.url                   | http://connect:8083
            connect.url                   | http://             | connect.url                   | http://connect:8083
            connect.url                   | http://a b          | connect.url                   | http://connect:8083
            connect.url                   | http://a:99999      | connect.url                   | http://connect:8083
            connect.url                   | http://a,b          | connect.url                   | http://connect:8083
            connect.url                   | http://a/?x=y       | connect.url                   | without '?'
            connect.url                   | http://a/#x         | connect.url                   | without '?'
            connect.url                   | http://a,http://u:p@b | connect.url                 | connect.user and connect.password
            connect.ssl.protocol          | TLSv1.3             | connect.url                   | connect.ssl.protocol can't do without
            connect.uri                   | http://a            | connect.uri                   | did you mean connect.url?
            """)
    void complainsOfOneKeyOnly(String key, String value, String complainedOf, String words) {
        if ("-".equals(value)) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
        assertComplaint(complainedOf, words);
    }

    /** As above, with an address of Connect. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connect.user                    | monitor | connect.password                | write the password
            connect.password                | hush    | connect.user                    | whose password
            connect.pasword                 | hush    | connect.pasword                 | did you mean connect.password?
            connect.truststore.location     | /t      | connect.truststore.location     | did you mean connect.ssl.truststore.location?
            connect.ssl.truststore.pasword  | hush    | connect.ssl.truststore.pasword  | did you mean connect.ssl.truststore.password?
            connect.ssl.engine.factory.class | a.B    | connect.ssl.engine.factory.class | is not a key
            connect.ssl.endpoint.identification.algorithm | '' | connect.ssl.endpoint.identification.algorithm | always checked
            """)
    void complainsOfOneKeyOnlyWhereConnectIsAsked(String key, String value, String complainedOf, String words) {
        properties.put("connect.url", "https://one:8083,http://two/connect/");
        properties.put("pipelines.orders.source.connector", "orders");
        assertThat(errors()).isEmpty();
        properties.put(key, value);
        assertComplaint(complainedOf, words);
    }

    @Test
    void complainsOfAUserThatBasicAuthenticationCantSend() {
        properties.put("connect.url", "http://connect:8083");
        properties.put("connect.password", "hush");
        properties.put("connect.user", "a:b");
        assertComplaint("connect.user", "without a colon");
    }

    @Test
    void repeatsNoCredentialsThatStandInTheAddress() {
        for (String url : List.of("http://u:hush@connect", "http://u:hush@not_a_host", "http://u:hush @connect")) {
            properties.put("connect.url", url);
            assertThat(errors()).as(url).containsOnlyKeys("connect.url");
            assertThat(ConfigRules.check(properties).get("connect.url") + "" + errors())
                    .as(url)
                    .doesNotContain("hush");
            assertThatThrownBy(() -> new CdcProgressConfig(properties))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageNotContaining("hush");
        }
    }

    @Test
    void handsOnWhateverTheConverterIsGiven() {
        properties.put("pipelines.orders.value.converter", "io.confluent.connect.avro.AvroConverter");
        properties.put("pipelines.orders.value.converter.schema.registry.url", "http://registry");
        properties.put("pipelines.orders.value.converter.basic.auth.user.info", "u:hush");
        assertThat(errors()).isEmpty();
        assertThat(ConfigRules.check(properties).toString()).doesNotContain("hush");
    }

    @Test
    void complainsOfABrokenRegexWhereItBreaks() {
        properties.remove("pipelines.orders.topic.prefix");
        properties.put("pipelines.orders.topics.regex", "shop(");
        assertComplaint("pipelines.orders.topics.regex", "not a regular expression");
    }

    @Test
    void takesAPatternOfSinkGroupsInsteadOfTheirNames() {
        properties.remove("pipelines.orders.sink.groups");
        properties.put("pipelines.orders.sink.groups.regex", "connect-.*");
        assertThat(errors()).isEmpty();
        properties.put("pipelines.orders.sink.groups.regex", "connect-(");
        assertComplaint("pipelines.orders.sink.groups.regex", "whole group names, like connect-");
    }

    /** The least that discovery needs: where Connect is, and the brokers. */
    private void discover() {
        properties.clear();
        properties.putAll(Map.of(
                "name", "progress",
                "pipelines", "*",
                "connect.url", "http://connect:8083",
                "kafka.bootstrap.servers", "broker:9092"));
    }

    @Test
    void needsLittleMoreThanConnectWherePipelinesAreDiscovered() {
        discover();
        assertThat(errors()).isEmpty();
    }

    /** As above, of a configuration that discovers. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            connect.url                      | -       | connect.url                      | pipelines=* can't do without
            kafka.bootstrap.servers          | -       | kafka.bootstrap.servers          | host:port
            pipelines.any.slotname           | s       | pipelines.any.slotname           | did you mean pipelines.any.slot.name?
            pipelines.any.slot.name          | No      | pipelines.any.slot.name          | lower-case letters
            pipelines.any                    | s       | pipelines.any                    | pipelines.<name>.<key>
            pipelines.a b.slot.name          | s       | pipelines.a b.slot.name          | pipelines.<name>.<key>
            pipelines.any.database.port      | 0       | pipelines.any.database.port      | from 1 to 65535
            pipelines.any.value.converter.x  | y       | pipelines.any.value.converter.x  | name its class in pipelines.any.value.converter
            pipelines.any.sink.groups.regex  | (       | pipelines.any.sink.groups.regex  | not a regular expression
            """)
    void complainsOfOneKeyOnlyWherePipelinesAreDiscovered(String key, String value, String complainedOf, String words) {
        discover();
        if ("-".equals(value)) {
            properties.remove(key);
        } else {
            properties.put(key, value);
        }
        assertComplaint(complainedOf, words);
    }

    @Test
    void refusesContradictionsOfOverridesButNotInATask() {
        discover();
        properties.put("pipelines.any.topic.prefix", "shop");
        properties.put("pipelines.any.topics.regex", "shop.*");
        properties.put("pipelines.any.sink.groups", "a");
        properties.put("pipelines.any.sink.groups.regex", "a");
        assertThat(errors()).containsOnlyKeys("pipelines.any.topics.regex", "pipelines.any.sink.groups.regex");
        properties.put("task.pipelines", "any");
        assertThat(errors()).isEmpty();
    }

    @Test
    void complainsOfPipelinesThatAreNoNames() {
        for (String names :
                List.of("", "*,orders", "orders,*", "orders,orders", "orders,two words", "orders,a.b", "orders,")) {
            properties.put("pipelines", names);
            assertThat(errors()).as(names).containsKey("pipelines");
        }
        properties.remove("pipelines");
        assertThat(errors()).containsOnlyKeys("pipelines");
        assertThat(errors().get("pipelines")).singleElement().asString().contains("pipelines=orders");
    }

    @Test
    void neverCarriesTheValueOfAKeyThatItDoesNotKnow() {
        properties.put("pipelines.orders.databse.password", "hush");
        assertThat(ConfigRules.check(properties).values().toString() + errors()).doesNotContain("hush");
    }

    @Test
    void takesAddressesAndInternationalNamesAsHosts() {
        for (String host :
                List.of("db-1.example.com", "10.0.0.7", "::1", "[fe80::1%eth0]", "datenbänke.example", "my_db")) {
            properties.put("database.hostname", host);
            assertThat(errors()).as(host).isEmpty();
        }
    }

    @Test
    void takesAPipelinesOwnDatabaseKeysInsteadOfTheCommonOnes() {
        properties.remove("database.hostname");
        properties.put("pipelines.orders.database.hostname", "other");
        assertThat(errors()).isEmpty();
        assertThat(new CdcProgressConfig(properties).database("orders").address())
                .isEqualTo("other:5432/shop");
    }
}
