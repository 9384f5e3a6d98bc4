package io.cdcprogress.rest;

import io.cdcprogress.model.BuildProperties;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers by HTTP, on every worker, for every pipeline whose progress is on the topics, and serves the page. For workers from
 * Kafka 4.0, named in their {@code rest.extension.classes}; older ones, whose classes of HTTP are others, find it in the
 * plugin's folder and leave it alone.
 */
public final class CdcProgressRestExtension implements ConnectRestExtension {
    private static final Logger LOG = LoggerFactory.getLogger(CdcProgressRestExtension.class);

    private ReaderSettings settings;
    private final Waiting waiting = new Waiting(Now.CLOCK);
    private ProgressReading reading;

    @Override
    public void configure(Map<String, ?> worker) {
        settings = ReaderSettings.of(worker);
    }

    /** Waits for nothing: a worker starts whatever Kafka answers. */
    @Override
    public void register(ConnectRestExtensionContext context) {
        Supplier<ProgressReading> known;
        try {
            ProgressReading made = new ProgressReading(settings, Now.CLOCK, waiting::arrived);
            made.start();
            reading = made;
            known = () -> made;
            LOG.info("serving {} at /api/v1/monitoring and /cdc-progress/", settings);
        } catch (ConfigException e) {
            LOG.error("no progress is served: {}", e.getMessage());
            known = () -> {
                throw new Refusal(Refusal.UNAVAILABLE, e.getMessage());
            };
        }
        context.configurable().register(new MonitoringResource(known, Now.CLOCK));
        context.configurable().register(new ReachedResource(known, waiting, Now.CLOCK));
        context.configurable().register(new WorkerStop(waiting));
        context.configurable().register(new PageResource());
    }

    @Override
    public void close() {
        if (reading != null) {
            reading.close();
        }
        waiting.close();
    }

    @Override
    public String version() {
        return BuildProperties.version();
    }
}
