package io.cdcprogress.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys below {@code pipelines.<p>.}, which exist once for every name in {@code pipelines}. */
public final class PipelineKeys {
    static final String PREFIX = "pipelines.";
    /** Instead of names: all that are discovered. */
    static final String ALL = "*";

    public static final String SLOT_NAME = "slot.name";
    public static final String TOPIC_PREFIX = "topic.prefix";
    public static final String TOPICS_REGEX = "topics.regex";
    public static final String SINK_GROUPS = "sink.groups";
    public static final String SINK_GROUPS_REGEX = "sink.groups.regex";
    public static final String SOURCE_CONNECTOR = "source.connector";
    public static final String VALUE_CONVERTER = "value.converter";

    static final String ISOLATION_LEVEL = "isolation.level";
    static final String READ_COMMITTED = "read_committed";

    /** Debezium's own default. */
    public static final String DEFAULT_SLOT_NAME = "debezium";

    private static final String ANY = "any";
    private static final ConfigDef OF_ANY = new ConfigDef();

    static {
        define(OF_ANY, ANY);
    }

    private PipelineKeys() {}

    public static String key(String pipeline, String suffix) {
        return PREFIX + pipeline + "." + suffix;
    }

    static List<String> suffixes() {
        return Stream.concat(
                        Stream.of(
                                SLOT_NAME,
                                TOPIC_PREFIX,
                                TOPICS_REGEX,
                                SINK_GROUPS,
                                SINK_GROUPS_REGEX,
                                SOURCE_CONNECTOR,
                                ISOLATION_LEVEL,
                                VALUE_CONVERTER),
                        Stream.concat(ThresholdKeys.names().stream(), DatabaseKeys.names().stream()))
                .toList();
    }

    /** The keys of one pipeline; {@code <p>} as its name gives what the documentation prints. */
    public static void define(ConfigDef definition, String pipeline) {
        String group = "Pipeline " + pipeline;
        List<String> topicKeys = List.of(key(pipeline, TOPIC_PREFIX), key(pipeline, TOPICS_REGEX));
        definition
                .define(
                        key(pipeline, SLOT_NAME),
                        Type.STRING,
                        DEFAULT_SLOT_NAME,
                        Validators.slotName(),
                        Importance.HIGH,
                        "Name of the replication slot; Debezium's slot.name.",
                        group,
                        1,
                        Width.MEDIUM,
                        "Slot")
                .define(
                        topicKeys.get(0),
                        Type.STRING,
                        null,
                        Validators.topicPrefix(),
                        Importance.HIGH,
                        "Debezium's topic.prefix. The pipeline's topics are those whose names start with it and a dot,"
                                + " less those of a longer configured prefix, <prefix>.transaction and this"
                                + " connector's own. Either this or topics.regex is required.",
                        group,
                        2,
                        Width.MEDIUM,
                        "Topic prefix")
                .define(
                        topicKeys.get(1),
                        Type.STRING,
                        null,
                        Validators.regex("topic names", "shop\\.public\\..*"),
                        Importance.MEDIUM,
                        "Instead of topic.prefix, for topics renamed by transforms: a Java pattern that matches whole"
                                + " names of the pipeline's topics.",
                        group,
                        3,
                        Width.LONG,
                        "Topics pattern")
                .define(
                        key(pipeline, SINK_GROUPS),
                        Type.LIST,
                        null,
                        Validators.groups(),
                        Importance.HIGH,
                        "Consumer groups of the sinks, exact names; each has a progress record of its own. A sink"
                                + " connector's group is connect-<its name>. Either this or sink.groups.regex is required,"
                                + " unless the pipeline is discovered.",
                        group,
                        4,
                        Width.LONG,
                        "Sink groups")
                .define(
                        key(pipeline, SINK_GROUPS_REGEX),
                        Type.STRING,
                        null,
                        Validators.regex("group names", "connect-orders-.*"),
                        Importance.MEDIUM,
                        "Instead of sink.groups: a Java pattern that matches whole names of consumer groups. A group is"
                                + " found within half a minute, if it may be seen (DESCRIBE).",
                        group,
                        5,
                        Width.LONG,
                        "Sink groups pattern")
                .define(
                        key(pipeline, SOURCE_CONNECTOR),
                        Type.STRING,
                        null,
                        Validators.notBlank(),
                        Importance.MEDIUM,
                        "Name of the pipeline's Debezium connector in Connect, for its state and stored offset. Needs"
                                + " connect.url.",
                        group,
                        6,
                        Width.MEDIUM,
                        "Source connector")
                .define(
                        key(pipeline, VALUE_CONVERTER),
                        Type.STRING,
                        null,
                        Validators.className(),
                        Importance.LOW,
                        "Class of the Connect converter that decodes the pipeline's change events, as the source"
                                + " connector's value.converter. Not needed for JSON, with or without schema. Keys that"
                                + " follow as pipelines.<name>.value.converter.* are handed to it.",
                        group,
                        7,
                        Width.LONG,
                        "Value converter")
                .define(
                        key(pipeline, ISOLATION_LEVEL),
                        Type.STRING,
                        "read_uncommitted",
                        ValidString.in("read_uncommitted", READ_COMMITTED),
                        Importance.LOW,
                        "How the sinks read: decides which end offset their lag is counted to.",
                        group,
                        8,
                        Width.SHORT,
                        "Isolation level");
        ThresholdKeys.defineForPipeline(definition, PREFIX + pipeline + ".", group, 9);
        DatabaseKeys.defineForPipeline(definition, PREFIX + pipeline + ".", group, 20);
    }

    /** Whether a value that was not written by the user could stand at a key. */
    public static boolean accepts(String suffix, String value) {
        String key = key(ANY, suffix);
        return OF_ANY.validateAll(Map.of(key, value)).get(key).errorMessages().isEmpty();
    }

    /** Whether the pipelines are discovered instead of named. */
    static boolean discovers(String value) {
        return value != null && value.trim().equals(ALL);
    }

    /** The names of pipelines whose keys are defined: where they are discovered, those that keys stand for. */
    static List<String> defined(Map<String, String> properties) {
        String value = properties.get(CdcProgressConfig.PIPELINES);
        if (!discovers(value)) {
            return names(value);
        }
        return Stream.concat(
                        names(properties.get(CdcProgressConfig.TASK_PIPELINES)).stream(),
                        properties.keySet().stream()
                                .filter(key -> key.startsWith(PREFIX) && key.indexOf('.', PREFIX.length()) > 0)
                                .map(key -> key.substring(PREFIX.length(), key.indexOf('.', PREFIX.length())))
                                .filter(Validators.PIPELINE_NAME.asMatchPredicate()))
                .distinct()
                .sorted()
                .toList();
    }

    /** The pipelines that must have all that a pipeline needs. */
    static List<String> complete(Map<String, String> properties) {
        String value = properties.get(CdcProgressConfig.PIPELINES);
        return names(discovers(value) ? properties.get(CdcProgressConfig.TASK_PIPELINES) : value);
    }

    /** The well-formed names in the value of {@code pipelines}, each once; what else stands there is complained of. */
    static List<String> names(String value) {
        List<String> names = new ArrayList<>();
        for (String item : value == null ? new String[0] : value.split(",", -1)) {
            String name = item.trim();
            if (Validators.PIPELINE_NAME.matcher(name).matches() && !names.contains(name)) {
                names.add(name);
            }
        }
        return names;
    }
}
