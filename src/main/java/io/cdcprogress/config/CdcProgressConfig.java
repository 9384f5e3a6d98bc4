package io.cdcprogress.config;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.Thresholds;
import io.cdcprogress.model.TopicSelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.types.Password;

/** The connector's configuration. Which keys exist depends on the names in {@code pipelines}. */
public final class CdcProgressConfig extends AbstractConfig {
    public static final String PIPELINES = "pipelines";
    public static final String KAFKA_BOOTSTRAP_SERVERS = "kafka.bootstrap.servers";
    public static final String PROGRESS_TOPIC = "progress.topic";
    public static final String PARTITIONS_TOPIC = "partitions.topic";
    public static final String POLL_INTERVAL_MS = "poll.interval.ms";
    public static final String OBSERVATION_TIMEOUT_MS = "observation.timeout.ms";
    public static final String INFERENCE_SETTLE_MS = "inference.settle.ms";
    public static final String FLUSH_INTERVAL_MS = "flush.interval.ms";
    public static final String POSITIONS_ENABLED = "positions.enabled";
    /** In a task's configuration only: the names of the pipelines that the task observes. */
    public static final String TASK_PIPELINES = "task.pipelines";

    /** Debezium's default: so long it may take until a walsender knows what its client has received. */
    private static final Duration STATUS_UPDATE_INTERVAL = Duration.ofSeconds(10);

    public static final String KAFKA_PREFIX = "kafka.";
    private static final String CONNECTOR_NAME = "name";

    private final List<String> defined;
    private final List<String> complete;

    /**
     * Parses and checks the connector's or a task's properties.
     *
     * @throws org.apache.kafka.common.config.ConfigException if a key is missing, malformed, or contradicts another
     */
    public CdcProgressConfig(Map<String, String> properties) {
        super(definition(properties), properties, false);
        this.defined = PipelineKeys.defined(properties);
        this.complete = PipelineKeys.complete(properties);
        ConfigRules.require(properties);
    }

    /** The keys that exist whatever the pipelines are. */
    public static ConfigDef commonDefinition() {
        ConfigDef definition = new ConfigDef()
                .define(
                        PIPELINES,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Validators.pipelineNames(),
                        Importance.HIGH,
                        "Names of the pipelines to observe, of letters, digits, _ and -. Each has its own keys below"
                                + " pipelines.<name>. Or *: every Debezium PostgreSQL connector that connect.url tells of"
                                + " is a pipeline of its name (other characters become _), and the sink connectors that"
                                + " consume its topics are its sinks; keys below pipelines.<name>. override what is"
                                + " discovered.",
                        "Pipelines",
                        1,
                        Width.LONG,
                        "Pipelines")
                .define(
                        KAFKA_BOOTSTRAP_SERVERS,
                        Type.LIST,
                        ConfigDef.NO_DEFAULT_VALUE,
                        Validators.hostAndPorts(),
                        Importance.HIGH,
                        "The cluster of the sink groups. Any other client setting may be given with the prefix kafka.,"
                                + " for example kafka.security.protocol.",
                        "Kafka",
                        1,
                        Width.LONG,
                        "Bootstrap servers")
                .define(
                        PROGRESS_TOPIC,
                        Type.STRING,
                        "cdc.progress",
                        Validators.topicName(),
                        Importance.MEDIUM,
                        "Topic of the progress records: one per pipeline and sink group at every observation.",
                        "Progress",
                        1,
                        Width.MEDIUM,
                        "Progress topic")
                .define(
                        PARTITIONS_TOPIC,
                        Type.STRING,
                        "cdc.progress.partitions",
                        Validators.topicNameOrEmpty(),
                        Importance.MEDIUM,
                        "Topic of the records per partition; empty turns them off.",
                        "Progress",
                        2,
                        Width.MEDIUM,
                        "Partitions topic")
                .define(
                        POLL_INTERVAL_MS,
                        Type.LONG,
                        10_000L,
                        Validators.between(100, Duration.ofDays(1).toMillis(), " (milliseconds)"),
                        Importance.MEDIUM,
                        "How often to observe, in milliseconds.",
                        "Progress",
                        3,
                        Width.SHORT,
                        "Interval")
                .define(
                        OBSERVATION_TIMEOUT_MS,
                        Type.LONG,
                        5_000L,
                        Validators.between(100, Duration.ofMinutes(5).toMillis(), " (milliseconds)"),
                        Importance.LOW,
                        "What has not answered by then is reported as not observed, in milliseconds.",
                        "Progress",
                        4,
                        Width.SHORT,
                        "Timeout")
                .define(
                        POSITIONS_ENABLED,
                        Type.BOOLEAN,
                        true,
                        Importance.MEDIUM,
                        "Whether to read single records of the pipelines' topics for the sink's position. false: no"
                                + " READ right on the topics is needed, and sink_lsn stays UNKNOWN.",
                        "Progress",
                        5,
                        Width.SHORT,
                        "Positions")
                .define(
                        FLUSH_INTERVAL_MS,
                        Type.LONG,
                        60_000L,
                        Validators.between(100, Duration.ofDays(1).toMillis(), " (milliseconds)"),
                        Importance.LOW,
                        "The longest offset.flush.interval.ms among the Connect workers of the pipelines' connectors,"
                                + " in milliseconds: how long a position may rightly stand still.",
                        "Progress",
                        6,
                        Width.SHORT,
                        "Flush interval")
                .define(
                        INFERENCE_SETTLE_MS,
                        Type.LONG,
                        5_000L,
                        Validators.between(100, Duration.ofMinutes(10).toMillis(), " (milliseconds)"),
                        Importance.LOW,
                        "How old what an INFERRED position rests on must be, in milliseconds: longer than a change"
                                + " takes from PostgreSQL through Debezium into Kafka.",
                        "Progress",
                        7,
                        Width.SHORT,
                        "Settle time");
        ThresholdKeys.defineForAll(definition, "Judgement");
        DatabaseKeys.defineForAll(definition, "Database");
        ConnectKeys.define(definition, "Connect");
        return definition;
    }

    static ConfigDef definition(Map<String, String> properties) {
        ConfigDef definition = commonDefinition();
        PipelineKeys.defined(properties).forEach(name -> PipelineKeys.define(definition, name));
        return definition;
    }

    /** The connector's name in Connect. */
    public String connectorName() {
        return Objects.toString(originals().get(CONNECTOR_NAME), "");
    }

    /** Whether the pipelines are discovered: then the connector's own configuration knows none of them. */
    public boolean discovers() {
        return PipelineKeys.discovers(String.join(",", getList(PIPELINES)));
    }

    /** Every pipeline of the connector, in the order in which they are named; if they are discovered, the task's. */
    public List<Pipeline> pipelines() {
        Set<String> prefixes = Stream.concat(
                        complete.stream().map(name -> getString(PipelineKeys.key(name, PipelineKeys.TOPIC_PREFIX))),
                        TaskKeys.list(this, TaskKeys.LONGER_PREFIXES).stream())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        return complete.stream().map(name -> pipeline(name, prefixes)).toList();
    }

    /** The pipelines of this task; all of them in a connector's configuration. */
    public List<Pipeline> taskPipelines() {
        Object own = originals().get(TASK_PIPELINES);
        List<String> names = own == null ? complete : PipelineKeys.names(own.toString());
        return pipelines().stream().filter(p -> names.contains(p.name())).toList();
    }

    /** Pipelines that are named in keys or in {@code pipelines}, in their order. */
    List<String> defined() {
        return defined;
    }

    /** Null if it is not given. */
    Pattern pattern(String key) {
        String regex = getString(key);
        return regex == null ? null : Pattern.compile(regex);
    }

    private Pipeline pipeline(String name, Set<String> prefixes) {
        String prefix = getString(PipelineKeys.key(name, PipelineKeys.TOPIC_PREFIX));
        Set<String> longer = prefixes.stream()
                .filter(other -> prefix != null && other.startsWith(prefix + "."))
                .collect(Collectors.toSet());
        List<String> groups = getList(PipelineKeys.key(name, PipelineKeys.SINK_GROUPS));
        UnknownDatabase unknown = new UnknownDatabase(this, name);
        return new Pipeline(
                name,
                unknown.address(),
                database(name).dbname(),
                unknown.slotName(),
                new TopicSelector(
                        prefix, pattern(PipelineKeys.key(name, PipelineKeys.TOPICS_REGEX)), longer, ownTopics()),
                groups == null ? List.of() : groups,
                getString(PipelineKeys.key(name, PipelineKeys.ISOLATION_LEVEL)).equals(PipelineKeys.READ_COMMITTED));
    }

    /** Why a pipeline's database can't be asked, naming the keys to set; null if all that is needed is known. */
    public Failure databaseUnknown(String pipeline) {
        return new UnknownDatabase(this, pipeline).failure();
    }

    /** Topics that this connector writes, which no pipeline feeds. */
    public Set<String> ownTopics() {
        return Set.of(progressTopic(), partitionsTopic());
    }

    /** Where a pipeline's slot lives: its own keys, and those for all pipelines where it has none. */
    public PostgresSettings database(String pipeline) {
        return new PostgresSettings(
                new PostgresServer(
                        (String) databaseValue(pipeline, DatabaseKeys.HOSTNAME),
                        (Integer) databaseValue(pipeline, DatabaseKeys.PORT),
                        (String) databaseValue(pipeline, DatabaseKeys.USER),
                        (Password) databaseValue(pipeline, DatabaseKeys.PASSWORD),
                        ((String) databaseValue(pipeline, DatabaseKeys.SSLMODE)).toLowerCase(Locale.ROOT),
                        (String) databaseValue(pipeline, DatabaseKeys.SSLROOTCERT),
                        (String) databaseValue(pipeline, DatabaseKeys.SSLCERT),
                        (String) databaseValue(pipeline, DatabaseKeys.SSLKEY)),
                (String) databaseValue(pipeline, DatabaseKeys.DBNAME));
    }

    private Object databaseValue(String pipeline, String key) {
        return get(decidingKey(pipeline, key));
    }

    /** From when on the pipeline counts as behind, at risk or stalled. */
    public Thresholds thresholds(String pipeline) {
        Duration seemsLate = flushInterval()
                .multipliedBy(2)
                .plus(pollInterval().multipliedBy(2))
                .plus(inferenceSettle())
                .plus(STATUS_UPDATE_INTERVAL);
        return ThresholdKeys.of(
                key -> getLong(decidingKey(pipeline, key)), flushInterval(), seemsLate, positionsEnabled());
    }

    /** The key that decides: the pipeline's own where it is set, else the one for all. */
    public String decidingKey(String pipeline, String key) {
        String own = PipelineKeys.key(pipeline, key);
        return get(own) == null ? key : own;
    }

    /** Client settings of the sink groups' cluster. */
    public KafkaSettings kafka() {
        return new KafkaSettings(originalsWithPrefix(KAFKA_PREFIX));
    }

    /** How to ask Connect REST; null without {@code connect.url}. */
    public ConnectSettings connect() {
        List<String> urls = getList(ConnectKeys.URL);
        return urls == null
                ? null
                : new ConnectSettings(
                        urls.stream().map(URI::create).toList(),
                        getString(ConnectKeys.USER),
                        getPassword(ConnectKeys.PASSWORD),
                        ConnectKeys.ssl(originalsWithPrefix(ConnectKeys.PREFIX)));
    }

    /** The name of the pipeline's Debezium connector in Connect; null if it is not given. */
    public String sourceConnector(String pipeline) {
        return getString(PipelineKeys.key(pipeline, PipelineKeys.SOURCE_CONNECTOR));
    }

    /** How to decode the pipeline's change events. */
    public ConverterSettings valueConverter(String pipeline) {
        String key = PipelineKeys.key(pipeline, PipelineKeys.VALUE_CONVERTER);
        return new ConverterSettings(getString(key), originalsWithPrefix(key + "."));
    }

    public String progressTopic() {
        return getString(PROGRESS_TOPIC);
    }

    /** Empty where partition records are turned off. */
    public String partitionsTopic() {
        return getString(PARTITIONS_TOPIC);
    }

    public Duration pollInterval() {
        return Duration.ofMillis(getLong(POLL_INTERVAL_MS));
    }

    public Duration observationTimeout() {
        return Duration.ofMillis(getLong(OBSERVATION_TIMEOUT_MS));
    }

    /** How old what an inferred position rests on must be. */
    public Duration inferenceSettle() {
        return Duration.ofMillis(getLong(INFERENCE_SETTLE_MS));
    }

    /** How long a position may rightly stand still: the longest {@code offset.flush.interval.ms}. */
    public Duration flushInterval() {
        return Duration.ofMillis(getLong(FLUSH_INTERVAL_MS));
    }

    /** Whether records of the pipelines' topics may be read for the sink's position. */
    public boolean positionsEnabled() {
        return getBoolean(POSITIONS_ENABLED);
    }
}
