package io.cdcprogress.config;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.ConfigValue;

/** The whole check of a configuration, each complaint on its own key: single values first, then keys together. */
public final class ConfigRules {
    private final Map<String, String> properties;
    /** Of the pipelines that have keys, and of those that must have all that a pipeline needs. */
    private final List<String> names;

    private final List<String> complete;
    private final Map<String, ConfigValue> values;

    private ConfigRules(Map<String, String> properties) {
        this.properties = properties;
        this.names = PipelineKeys.defined(properties);
        this.complete = PipelineKeys.complete(properties);
        this.values = new HashMap<>(CdcProgressConfig.definition(properties).validateAll(properties));
    }

    /** Every key with its value and its complaints, without asking any server. */
    public static Map<String, ConfigValue> check(Map<String, String> properties) {
        ConfigRules rules = new ConfigRules(properties);
        rules.sayWhatIsMissing();
        rules.refuseUnknownKeys();
        rules.checkPipelines();
        rules.checkContradictions();
        rules.checkConverters();
        rules.checkTopics();
        rules.checkConnect();
        return rules.values;
    }

    /** Refuses to run with a configuration that {@link #check} complains of. */
    static void require(Map<String, String> properties) {
        for (ConfigValue value : check(properties).values()) {
            if (!value.errorMessages().isEmpty()) {
                throw new ConfigException(value.name() + ": " + String.join("; ", value.errorMessages()));
            }
        }
    }

    /** Connect's own words for a missing key do not say what to write. */
    private void sayWhatIsMissing() {
        replaceIfMissing(
                CdcProgressConfig.PIPELINES,
                "is missing: name at least one pipeline, for example pipelines=orders, or write * for all that are"
                        + " discovered");
        replaceIfMissing(
                CdcProgressConfig.KAFKA_BOOTSTRAP_SERVERS,
                "is missing: write the brokers of the sink groups' cluster as host:port,...");
    }

    private void replaceIfMissing(String key, String complaint) {
        if (properties.get(key) == null) {
            values.put(key, new ConfigValue(key));
            complain(key, complaint);
        }
    }

    private void refuseUnknownKeys() {
        properties.keySet().stream()
                .filter(key -> key.startsWith(DatabaseKeys.PREFIX) && !values.containsKey(key))
                .sorted()
                .forEach(key -> complain(
                        key,
                        "is not a key of this connector"
                                + didYouMean(key, DatabaseKeys.names().stream(), UnaryOperator.identity())
                                + "; known are " + String.join(", ", DatabaseKeys.names())));
        properties.keySet().stream()
                .filter(key ->
                        key.startsWith(PipelineKeys.PREFIX) && !values.containsKey(key) && converter(key) == null)
                .sorted()
                .forEach(this::refuseUnknownKey);
    }

    private void refuseUnknownKey(String key) {
        String rest = key.substring(PipelineKeys.PREFIX.length());
        int dot = rest.indexOf('.');
        String name = dot < 0 ? rest : rest.substring(0, dot);
        String suffix = dot < 0 ? "" : rest.substring(dot + 1);
        if (names.isEmpty() && !discovers()) {
            return; // the complaint on pipelines itself is the one to act on
        }
        if (!names.contains(name) && discovers()) {
            complain(
                    key,
                    "is not a key of a pipeline: write pipelines.<name>.<key>, the name of letters, digits, _ and -");
        } else if (!names.contains(name)) {
            complain(
                    key,
                    "pipeline '" + name + "' is not named in pipelines"
                            + " (" + String.join(",", names) + ")"
                            + didYouMean(name, names.stream(), other -> PipelineKeys.key(other, suffix))
                            + ": add the name there, or remove this key");
        } else {
            complain(
                    key,
                    "is not a key of a pipeline"
                            + didYouMean(
                                    suffix, PipelineKeys.suffixes().stream(), other -> PipelineKeys.key(name, other))
                            + "; known are " + String.join(", ", PipelineKeys.suffixes()));
        }
    }

    /** The key of the converter that a free-form key is handed to; null for any other key. */
    private String converter(String key) {
        return names.stream()
                .map(name -> PipelineKeys.key(name, PipelineKeys.VALUE_CONVERTER))
                .filter(converter -> key.startsWith(converter + ".") && key.length() > converter.length() + 1)
                .findFirst()
                .orElse(null);
    }

    static String didYouMean(String written, Stream<String> known, UnaryOperator<String> asKey) {
        return known.filter(other -> EditDistance.between(written, other) <= Math.max(2, other.length() / 3))
                .min(Comparator.comparingInt(other -> EditDistance.between(written, other)))
                .map(other -> ", did you mean " + asKey.apply(other) + "?")
                .orElse("");
    }

    private void checkPipelines() {
        for (String name : complete) {
            requireOneOf(
                    PipelineKeys.key(name, PipelineKeys.TOPIC_PREFIX),
                    PipelineKeys.key(name, PipelineKeys.TOPICS_REGEX),
                    "write Debezium's topic.prefix here, or a pattern in ");
            requireOneOf(
                    PipelineKeys.key(name, PipelineKeys.SINK_GROUPS),
                    PipelineKeys.key(name, PipelineKeys.SINK_GROUPS_REGEX),
                    "name the consumer groups of the sinks, a sink connector's is connect-<its name>, or write a pattern"
                            + " in ");
            if (discovers()) {
                continue; // what is not known of a discovered pipeline is told in its records
            }
            for (String key : List.of(DatabaseKeys.HOSTNAME, DatabaseKeys.DBNAME, DatabaseKeys.USER)) {
                String own = PipelineKeys.key(name, key);
                if (properties.get(key) == null && properties.get(own) == null) {
                    complain(key, "is missing: pipeline " + name + " needs it, here for all pipelines or as " + own);
                }
            }
        }
    }

    private void requireOneOf(String key, String pattern, String what) {
        if (properties.get(key) == null && properties.get(pattern) == null) {
            complain(key, "is missing: " + what + pattern);
        }
    }

    /** A task has both where one was found out with the help of the other. */
    private void checkContradictions() {
        if (properties.containsKey(CdcProgressConfig.TASK_PIPELINES)) {
            return;
        }
        for (String name : names) {
            refuseBoth(
                    PipelineKeys.key(name, PipelineKeys.TOPIC_PREFIX),
                    PipelineKeys.key(name, PipelineKeys.TOPICS_REGEX));
            refuseBoth(
                    PipelineKeys.key(name, PipelineKeys.SINK_GROUPS),
                    PipelineKeys.key(name, PipelineKeys.SINK_GROUPS_REGEX));
        }
    }

    private void refuseBoth(String key, String pattern) {
        if (properties.get(key) != null && properties.get(pattern) != null) {
            complain(pattern, "contradicts " + key + ": keep one of the two");
        }
    }

    private boolean discovers() {
        return PipelineKeys.discovers(properties.get(CdcProgressConfig.PIPELINES));
    }

    private void checkConverters() {
        properties.keySet().stream()
                .filter(key -> converter(key) != null && properties.get(converter(key)) == null)
                .sorted()
                .forEach(key -> complain(
                        key,
                        "has no converter to be handed to: name its class in " + converter(key)
                                + ", or remove this key; JSON needs neither"));
    }

    private void checkConnect() {
        ConfigValue url = values.get(ConnectKeys.URL);
        if (!url.errorMessages().isEmpty()) {
            url.value(null); // it may hold credentials that do not belong there
        }
        List<String> dependents = Stream.concat(
                        discovers() ? Stream.of(CdcProgressConfig.PIPELINES + "=" + PipelineKeys.ALL) : Stream.of(),
                        names.stream()
                                .map(name -> PipelineKeys.key(name, PipelineKeys.SOURCE_CONNECTOR))
                                .filter(key -> properties.get(key) != null
                                        && values.get(key).errorMessages().isEmpty()))
                .toList();
        ConnectKeys.complaints(properties, dependents)
                .forEach(complaint -> complain(complaint.key(), complaint.message()));
    }

    private void checkTopics() {
        Object progress = values.get(CdcProgressConfig.PROGRESS_TOPIC).value();
        if (progress != null
                && progress.equals(
                        values.get(CdcProgressConfig.PARTITIONS_TOPIC).value())) {
            complain(
                    CdcProgressConfig.PARTITIONS_TOPIC,
                    "is the same as " + CdcProgressConfig.PROGRESS_TOPIC + ": give it a topic of its own, or leave it"
                            + " empty");
        }
    }

    /** Never carries the value of a key that is not declared: it may be a misspelt secret. */
    private void complain(String key, String message) {
        values.computeIfAbsent(key, ConfigValue::new).addErrorMessage(message);
    }
}
