package io.cdcprogress.observe.connect;

import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** TLS as Kafka's own settings say. */
final class ConnectTls {
    private ConnectTls() {}

    /** @throws org.apache.kafka.common.KafkaException if a store can't be read, or a setting is not known to this JVM */
    static SSLContext context(Map<String, Object> ssl) {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(ssl);
            return factory.sslContext();
        }
    }

    static SSLParameters parameters(Map<String, Object> ssl, SSLContext context) {
        SSLParameters parameters = context.getDefaultSSLParameters();
        String[] protocols = names(ssl.get(SslConfigs.SSL_ENABLED_PROTOCOLS_CONFIG));
        if (protocols.length > 0) {
            parameters.setProtocols(protocols);
        }
        String[] cipherSuites = names(ssl.get(SslConfigs.SSL_CIPHER_SUITES_CONFIG));
        if (cipherSuites.length > 0) {
            parameters.setCipherSuites(cipherSuites);
        }
        return parameters;
    }

    private static String[] names(Object value) {
        return value instanceof List<?> names
                ? names.stream().map(String::valueOf).toArray(String[]::new)
                : new String[0];
    }
}
