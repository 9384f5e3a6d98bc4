package io.cdcprogress.observe.connect;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.config.ConnectKeys;
import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Pipeline;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks Connect REST once whether a configuration can work: complains of what it refuses, and only warns of what may come
 * right by itself.
 */
public final class ConnectCheck {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectCheck.class);

    private ConnectCheck() {}

    /** What Connect says; nothing without {@code connect.url}. */
    public static List<Complaint> check(CdcProgressConfig config, Duration timeout) throws InterruptedException {
        ConnectSettings settings = config.connect();
        if (settings == null) {
            return List.of();
        }
        try {
            ConnectTls.context(settings.ssl());
        } catch (KafkaException e) {
            return List.of(new Complaint(storeKey(config), "can't be used: " + e.getMessage()));
        }
        ConnectRequests requests = new ConnectRequests(settings, timeout);
        Answer<ConnectorListing> answer = requests.get(ConnectReader.LISTING, ConnectorListing.class);
        if (!answer.failed()) {
            if (config.discovers()) {
                sayWhatIsThere(requests);
            }
            config.pipelines().forEach(pipeline -> warnIfMissing(config, pipeline, answer.value()));
            return List.of();
        }
        if (answer.failure().finding() == Finding.NOT_AUTHORIZED) {
            boolean login = Objects.equals(answer.status(), HttpErrors.UNAUTHORIZED);
            return List.of(new Complaint(
                    login ? ConnectKeys.PASSWORD : ConnectKeys.USER,
                    answer.failure().detail()));
        }
        LOG.warn(
                "{} could not be checked: {}", ConnectKeys.URL, answer.failure().detail());
        return List.of();
    }

    private static void sayWhatIsThere(ConnectRequests requests) throws InterruptedException {
        Answer<DiscoveryListing> answer = requests.get(DiscoveryListing.PATH, DiscoveryListing.class);
        if (!answer.failed()) {
            LOG.info(
                    "Debezium connectors to discover pipelines from: {}",
                    answer.value().sources.keySet());
        }
    }

    private static void warnIfMissing(CdcProgressConfig config, Pipeline pipeline, ConnectorListing listing) {
        String connector = config.sourceConnector(pipeline.name());
        if (connector != null && !listing.source(connector, null).present()) {
            LOG.warn("Pipeline {}: there is no connector {} in Connect yet", pipeline.name(), connector);
        }
    }

    /** The first of these that is given: it most likely holds what can't be used. */
    private static String storeKey(CdcProgressConfig config) {
        return Stream.of("connect.ssl.truststore.location", "connect.ssl.keystore.location")
                .filter(config.originals()::containsKey)
                .findFirst()
                .orElse(ConnectKeys.URL);
    }
}
