package io.cdcprogress.config;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The keys below {@code pipelines.<p>.}, which exist once for every name in {@code pipelines}. */
public final class PipelineKeys {
    static final String PREFIX = "pipelines.";
    public static final String SLOT_NAME = "slot.name";
    static final String TOPIC_PREFIX = "topic.prefix";
    static final String TOPICS_REGEX = "topics.regex";
    public static final String SINK_GROUPS = "sink.groups";
    public static final String SOURCE_CONNECTOR = "source.connector";
    public static final String VALUE_CONVERTER = "value.converter";

    static final String ISOLATION_LEVEL = "isolation.level";
    static final String READ_COMMITTED = "read_committed";

    /** Debezium's own default. */
    private static final String DEFAULT_SLOT_NAME = "debezium";

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
                        Validators.regex(),
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
                        ConfigDef.NO_DEFAULT_VALUE,
                        Validators.groups(),
                        Importance.HIGH,
                        "Consumer groups of the sinks, exact names; each has a progress record of its own. A sink"
                                + " connector's group is connect-<its name>.",
                        group,
                        4,
                        Width.LONG,
                        "Sink groups")
                .define(
                        key(pipeline, SOURCE_CONNECTOR),
                        Type.STRING,
                        null,
                        Validators.notBlank(),
                        Importance.MEDIUM,
                        "Name of the pipeline's Debezium connector in Connect, for its state and stored offset. Needs"
                                + " connect.url.",
                        group,
                        5,
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
                        6,
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
                        7,
                        Width.SHORT,
                        "Isolation level");
        ThresholdKeys.defineForPipeline(definition, PREFIX + pipeline + ".", group, 8);
        DatabaseKeys.defineForPipeline(definition, PREFIX + pipeline + ".", group, 20);
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
