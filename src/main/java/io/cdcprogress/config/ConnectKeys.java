package io.cdcprogress.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.config.SslConfigs;

/** The {@code connect.*} keys: where Connect REST is, and how to get in. */
public final class ConnectKeys {
    static final String PREFIX = "connect.";
    public static final String URL = "connect.url";
    public static final String USER = "connect.user";
    public static final String PASSWORD = "connect.password";

    private static final ConfigDef SSL = new ConfigDef();

    static {
        SslConfigs.addClientSslSupport(SSL);
    }

    /** It makes engines for connections of Kafka's own kind; HTTP needs a context. */
    private static final String ENGINE_FACTORY = SslConfigs.SSL_ENGINE_FACTORY_CLASS_CONFIG;

    private ConnectKeys() {}

    static void define(ConfigDef definition, String group) {
        definition
                .define(
                        URL,
                        Type.LIST,
                        null,
                        urls(),
                        Importance.MEDIUM,
                        "Connect REST of the cluster that runs the pipelines' connectors, for their states and stored"
                                + " offsets: the address of a worker, or of several, which are tried in turn.",
                        group,
                        1,
                        Width.LONG,
                        "Connect REST")
                .define(
                        USER,
                        Type.STRING,
                        null,
                        Validators.text(
                                "a name without colon",
                                user -> user.isBlank() || user.contains(":")
                                        ? "basic authentication knows no such name: write one without a colon"
                                        : null),
                        Importance.MEDIUM,
                        "User for basic authentication by Connect REST.",
                        group,
                        2,
                        Width.MEDIUM,
                        "User")
                .define(
                        PASSWORD,
                        Type.PASSWORD,
                        null,
                        null,
                        Importance.MEDIUM,
                        "That user's password. May be a ${provider:...} reference, which Connect stores as it is"
                                + " written.",
                        group,
                        3,
                        Width.MEDIUM,
                        "Password");
    }

    /** What is wrong with all that begins with {@code connect.}, beyond single values that are declared. */
    static List<Complaint> complaints(Map<String, String> properties, List<String> sourceConnectorKeys) {
        List<Complaint> complaints = new ArrayList<>(unknown(properties));
        complaints.addAll(unfitSsl(properties));
        List<String> dependents = Stream.concat(
                        sourceConnectorKeys.stream(), known().stream().filter(key -> properties.get(key) != null))
                .toList();
        if (properties.get(URL) == null && !dependents.isEmpty()) {
            complaints.add(new Complaint(
                    URL,
                    "is missing: " + String.join(", ", dependents) + " can't do without; write the address of a Connect"
                            + " worker, for example http://connect:8083"));
        }
        String user = properties.get(USER);
        String password = properties.get(PASSWORD);
        if (user == null && password != null) {
            complaints.add(new Complaint(USER, "is missing: write whose password " + PASSWORD + " is"));
        } else if (user != null && password == null) {
            complaints.add(new Complaint(PASSWORD, "is missing: write the password of " + USER));
        }
        return complaints;
    }

    /** Kafka's own {@code ssl.*} settings, parsed, from what follows {@code connect.}. */
    static Map<String, Object> ssl(Map<String, Object> originals) {
        Map<String, Object> own = new HashMap<>(originals);
        own.keySet().retainAll(SSL.names());
        return new HashMap<>(new AbstractConfig(SSL, own, false).values());
    }

    private static List<String> known() {
        return Stream.concat(
                        Stream.of(URL, USER, PASSWORD),
                        SSL.names().stream()
                                .filter(name -> !name.equals(ENGINE_FACTORY))
                                .sorted()
                                .map(PREFIX::concat))
                .toList();
    }

    private static List<Complaint> unknown(Map<String, String> properties) {
        List<String> known = known();
        return properties.keySet().stream()
                .filter(key -> key.startsWith(PREFIX) && !known.contains(key))
                .sorted()
                .map(key -> new Complaint(
                        key,
                        "is not a key of this connector"
                                + ConfigRules.didYouMean(key, known.stream(), UnaryOperator.identity())
                                + "; known are " + String.join(", ", known)))
                .toList();
    }

    private static List<Complaint> unfitSsl(Map<String, String> properties) {
        Map<String, String> own = new HashMap<>();
        properties.forEach((key, value) -> {
            if (key.startsWith(PREFIX) && known().contains(key)) {
                own.put(key.substring(PREFIX.length()), value);
            }
        });
        List<Complaint> complaints = new ArrayList<>();
        SSL.validateAll(own).forEach((name, value) -> {
            if (own.containsKey(name) && !value.errorMessages().isEmpty()) {
                complaints.add(
                        new Complaint(PREFIX + name, value.errorMessages().get(0)));
            }
        });
        String check = SslConfigs.SSL_ENDPOINT_IDENTIFICATION_ALGORITHM_CONFIG;
        if (own.get(check) != null && !own.get(check).equalsIgnoreCase("https")) {
            complaints.add(new Complaint(
                    PREFIX + check, "the host's name is always checked here: write https, or remove this key"));
        }
        return complaints;
    }

    /** Never repeats the value: it may hold credentials that do not belong there. */
    private static Validator urls() {
        return LambdaValidator.with(
                (key, value) -> {
                    if (value instanceof List<?> urls) {
                        String wrong = urls.isEmpty()
                                ? "write at least one address, or remove this key"
                                : urls.stream()
                                        .map(url -> complaint(url.toString()))
                                        .filter(complaint -> complaint != null)
                                        .findFirst()
                                        .orElse(null);
                        if (wrong != null) {
                            throw new ConfigException("Invalid value for configuration " + key + ": " + wrong);
                        }
                    }
                },
                () -> "http://host:port or https://host:port, ...");
    }

    private static String complaint(String text) {
        try {
            URI url = new URI(text);
            String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
            if (url.getRawUserInfo() != null) {
                return "write credentials in " + USER + " and " + PASSWORD + ", not in the address";
            }
            if (!List.of("http", "https").contains(scheme) || url.getHost() == null || url.getPort() > 65535) {
                return "not the address of a Connect worker: write http:// or https://, the host and the port, for"
                        + " example http://connect:8083";
            }
            return url.getRawQuery() == null && url.getRawFragment() == null
                    ? null
                    : "write the address without '?' and '#' and what follows them";
        } catch (URISyntaxException e) {
            return "not an address: write http:// or https://, the host and the port, for example http://connect:8083";
        }
    }
}
