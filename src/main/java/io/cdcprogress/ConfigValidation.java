package io.cdcprogress;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.config.ConfigRules;
import io.cdcprogress.config.DatabaseKeys;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.observe.connect.ConnectCheck;
import io.cdcprogress.observe.kafka.KafkaCheck;
import io.cdcprogress.observe.postgres.DatabaseCheck;
import io.cdcprogress.resolve.kafka.ConverterCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.config.Config;
import org.apache.kafka.common.config.ConfigValue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a configuration for Connect's validation: what can be told from the keys alone, and then, if that is right,
 * what the servers say to it. What may be temporary is only warned about.
 */
final class ConfigValidation {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigValidation.class);

    /** Connect REST itself gives up after 90 seconds. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private ConfigValidation() {}

    static Config validate(Map<String, String> properties) {
        Map<String, ConfigValue> values = ConfigRules.check(properties);
        add(KafkaCheck.settings(properties), values);
        if (values.values().stream().allMatch(value -> value.errorMessages().isEmpty())) {
            CdcProgressConfig config = new CdcProgressConfig(properties);
            if (config.discovers() && config.getString(DatabaseKeys.USER) == null) {
                LOG.warn(
                        "There is no {}: a discovered pipeline without one of its own is reported as {}",
                        DatabaseKeys.USER,
                        Finding.NOT_AUTHORIZED);
            }
            add(askServers(config), values);
        }
        return new Config(List.copyOf(values.values()));
    }

    private static void add(List<Complaint> complaints, Map<String, ConfigValue> values) {
        complaints.forEach(complaint ->
                values.computeIfAbsent(complaint.key(), ConfigValue::new).addErrorMessage(complaint.message()));
    }

    /** All servers at the same time, and no longer than one observation may take. */
    private static List<Complaint> askServers(CdcProgressConfig config) {
        List<Callable<List<Complaint>>> questions = new ArrayList<>();
        Duration timeout = config.observationTimeout().compareTo(LONGEST) < 0 ? config.observationTimeout() : LONGEST;
        for (List<Pipeline> pipelines : DatabaseCheck.byServer(config)) {
            questions.add(() -> DatabaseCheck.check(config, pipelines, timeout));
        }
        questions.add(() -> KafkaCheck.check(config, timeout));
        questions.add(() -> ConnectCheck.check(config, timeout));
        questions.add(() -> ConverterCheck.check(config));
        ExecutorService threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "cdc-progress-validation");
            thread.setDaemon(true);
            return thread;
        });
        List<Complaint> complaints = new ArrayList<>();
        try {
            for (Future<List<Complaint>> answer :
                    threads.invokeAll(questions, timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                complaints.addAll(complaints(answer));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
        return complaints.stream().distinct().toList();
    }

    private static List<Complaint> complaints(Future<List<Complaint>> answer) throws InterruptedException {
        try {
            return answer.get();
        } catch (CancellationException e) {
            LOG.warn("A server did not answer in time when the configuration was checked: taken as it is");
        } catch (ExecutionException e) {
            LOG.warn("A server could not be asked when the configuration was checked: taken as it is", e.getCause());
        }
        return List.of();
    }
}
