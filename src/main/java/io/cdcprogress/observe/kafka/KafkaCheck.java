package io.cdcprogress.observe.kafka;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks the cluster whether a configuration can work: complains of what it refuses, and only warns of what may come
 * right by itself.
 */
public final class KafkaCheck {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaCheck.class);

    private KafkaCheck() {}

    /** Complaints of the admin client's own definition on what stands below {@code kafka.}; asks no server. */
    public static List<Complaint> settings(Map<String, String> properties) {
        String prefix = CdcProgressConfig.KAFKA_PREFIX;
        Map<String, String> client = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(prefix) && !key.equals(CdcProgressConfig.KAFKA_BOOTSTRAP_SERVERS)) {
                client.put(key.substring(prefix.length()), value);
            }
        });
        Set<String> given = Set.copyOf(client.keySet());
        List<Complaint> complaints = new ArrayList<>();
        AdminClientConfig.configDef().validateAll(client).forEach((name, value) -> {
            // One complaint is enough: a value that can't be read also fails every check of its range.
            if (given.contains(name) && !value.errorMessages().isEmpty()) {
                complaints.add(
                        new Complaint(prefix + name, value.errorMessages().get(0)));
            }
        });
        return complaints;
    }

    /** What the brokers say. */
    public static List<Complaint> check(CdcProgressConfig config, Duration timeout) throws InterruptedException {
        Admin admin;
        try {
            admin = Admin.create(config.kafka().admin("cdc-progress-validation"));
        } catch (KafkaException e) {
            String message = config.kafka().notCreated("client", e).detail();
            if (!KafkaSettings.unresolved(e)) {
                return List.of(new Complaint(securityKey(config), message));
            }
            LOG.warn("The configuration could not be checked against the brokers: {}", message);
            return List.of();
        }
        try {
            return check(config, new AdminCalls(admin, config.kafka().address()), Deadline.in(timeout));
        } finally {
            admin.close(Duration.ZERO);
        }
    }

    private static List<Complaint> check(CdcProgressConfig config, AdminCalls calls, Deadline deadline)
            throws InterruptedException {
        Answer<String> cluster = calls.clusterId(deadline);
        if (cluster.failed()) {
            return complain(securityKey(config), cluster);
        }
        warnOfPipelinesWithoutTopics(config, calls.topicNames(deadline));
        Set<String> groups = config.pipelines().stream()
                .flatMap(pipeline -> pipeline.sinkGroups().stream())
                .collect(Collectors.toSet());
        Map<String, Answer<GroupDescriptions.Group>> answers =
                calls.groups(groups, deadline).take(deadline);
        List<Complaint> complaints = new ArrayList<>();
        for (Pipeline pipeline : config.pipelines()) {
            for (String group : pipeline.sinkGroups()) {
                complaints.addAll(
                        complain(PipelineKeys.key(pipeline.name(), PipelineKeys.SINK_GROUPS), answers.get(group)));
                if (!answers.get(group).failed() && answers.get(group).value().missing()) {
                    LOG.warn("Pipeline {}: there is no consumer group {} yet", pipeline.name(), group);
                }
            }
        }
        return complaints;
    }

    /** The key that most likely holds what a broker or the client refused: the first of these that is given. */
    private static String securityKey(CdcProgressConfig config) {
        return Stream.of("kafka.sasl.jaas.config", "kafka.ssl.truststore.location", "kafka.security.protocol")
                .filter(config.originals()::containsKey)
                .findFirst()
                .orElse(CdcProgressConfig.KAFKA_BOOTSTRAP_SERVERS);
    }

    private static void warnOfPipelinesWithoutTopics(CdcProgressConfig config, Answer<Set<String>> names) {
        for (Pipeline pipeline : config.pipelines()) {
            if (!names.failed() && names.value().stream().noneMatch(pipeline.topics()::matches)) {
                LOG.warn(
                        "Pipeline {}: no topic {} is there yet, or an ACL with DESCRIBE on them is missing",
                        pipeline.name(),
                        pipeline.topics());
            }
        }
    }

    private static List<Complaint> complain(String key, Answer<?> answer) {
        if (!answer.failed()) {
            return List.of();
        }
        if (answer.failure().finding() != Finding.KAFKA_UNREACHABLE) {
            return List.of(new Complaint(key, answer.failure().detail()));
        }
        LOG.warn("{} could not be checked: {}", key, answer.failure().detail());
        return List.of();
    }
}
