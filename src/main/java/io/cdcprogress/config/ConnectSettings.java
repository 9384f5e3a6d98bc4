package io.cdcprogress.config;

import java.net.URI;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.types.Password;

/**
 * How to ask Connect REST. Holds secrets, so it has no readable text form.
 *
 * @param urls of workers of one Connect cluster, to be tried in turn; at least one, without credentials
 * @param user for basic authentication; null for none
 * @param password null if and only if the user is
 * @param ssl Kafka's {@code ssl.*} settings, parsed, with their defaults; values may be null
 */
public record ConnectSettings(List<URI> urls, String user, Password password, Map<String, Object> ssl) {
    public ConnectSettings {
        urls = List.copyOf(urls);
        ssl = Collections.unmodifiableMap(new HashMap<>(ssl));
    }

    /** For logs and errors. */
    @Override
    public String toString() {
        return "Connect at " + urls;
    }
}
