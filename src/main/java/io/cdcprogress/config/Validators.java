package io.cdcprogress.config;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.utils.Utils;

/** What single values may be. A complaint says what to write instead; null (not given) always passes. */
final class Validators {
    static final Pattern PIPELINE_NAME = Pattern.compile("[A-Za-z0-9_-]+");
    private static final Pattern SLOT_NAME = Pattern.compile("[a-z0-9_]{1,63}");
    private static final Pattern HOST = Pattern.compile("[\\p{L}\\p{N}._-]+|\\[?[0-9A-Fa-f:.]+(%[A-Za-z0-9]+)?]?");
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

    private static final Pattern CLASS_NAME = Pattern.compile(
            "\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*(\\.\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*)*");

    private Validators() {}

    static Validator pipelineNames() {
        return each("* alone, or names of letters, digits, _ and -, each once", names -> {
            if (names.isEmpty()) {
                return "name at least one pipeline, for example pipelines=orders, or write *";
            }
            if (names.equals(List.of(PipelineKeys.ALL))) {
                return null;
            }
            for (String name : names) {
                if (name.equals(PipelineKeys.ALL)) {
                    return "write '*' alone, for all that are discovered, or names, but not both";
                }
                if (!PIPELINE_NAME.matcher(name).matches()) {
                    return "'" + name + "' is not a pipeline name: use letters, digits, _ and - only";
                }
            }
            return duplicate(names);
        });
    }

    static Validator groups() {
        return each("consumer group names, each once", groups -> {
            if (groups.isEmpty() || groups.contains("")) {
                return "name the consumer groups of the sinks; a sink connector's is connect-<its name>";
            }
            return duplicate(groups);
        });
    }

    static Validator slotName() {
        return text(
                "lower-case letters, digits and _",
                name -> SLOT_NAME.matcher(name).matches()
                        ? null
                        : "not a replication slot name: up to 63 lower-case letters, digits and _; SELECT slot_name"
                                + " FROM pg_replication_slots lists them");
    }

    static Validator topicPrefix() {
        return text("Debezium's topic.prefix", prefix -> {
            if (!TOPIC.matcher(prefix).matches()) {
                return "not a topic prefix: use letters, digits, '.', _ and - only";
            }
            return prefix.endsWith(".")
                    ? "write it as Debezium's topic.prefix, without the dot that follows: "
                            + prefix.substring(0, prefix.length() - 1)
                    : null;
        });
    }

    static Validator topicName() {
        return text(
                "a topic name",
                name -> TOPIC.matcher(name).matches() && !Set.of(".", "..").contains(name)
                        ? null
                        : "not a topic name: use up to 249 letters, digits, '.', _ and -");
    }

    static Validator topicNameOrEmpty() {
        Validator nonEmpty = topicName();
        return LambdaValidator.with(
                (key, value) -> {
                    if (!"".equals(value)) {
                        nonEmpty.ensureValid(key, value);
                    }
                },
                () -> "a topic name, or empty");
    }

    /** @param names what it matches, with an example */
    static Validator regex(String names, String example) {
        return text("a Java regular expression", regex -> {
            try {
                Pattern.compile(regex);
                return regex.isEmpty() ? "empty: write a pattern that matches whole " + names : null;
            } catch (PatternSyntaxException e) {
                return "not a regular expression: " + e.getDescription() + " near index " + e.getIndex()
                        + "; write a Java pattern that matches whole " + names + ", like " + example;
            }
        });
    }

    static Validator hostAndPorts() {
        return each("host:port,...", servers -> {
            if (servers.isEmpty()) {
                return "write at least one broker as host:port";
            }
            for (String server : servers) {
                if (Utils.getHost(server) == null || !isPort(server.substring(server.lastIndexOf(':') + 1))) {
                    return "'" + server + "' is not host:port with a port from 1 to 65535";
                }
            }
            return null;
        });
    }

    private static boolean isPort(String text) {
        try {
            int port = Integer.parseInt(text);
            return port >= 1 && port <= 65535;
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A whole number within bounds. */
    static Validator between(long min, long max, String unit) {
        return LambdaValidator.with(
                (key, value) -> {
                    if (value instanceof Number number && (number.longValue() < min || number.longValue() > max)) {
                        throw new ConfigException(key, value, "must be from " + min + " to " + max + unit);
                    }
                },
                () -> "[" + min + ",...," + max + "]");
    }

    /** A name or an address alone: anything more would be read as a part of the driver's URL. */
    static Validator hostname() {
        return text("a host name or an IP address", host -> {
            if (host.isBlank()) {
                return "must not be blank";
            }
            boolean portBehind = host.indexOf(':') >= 0 && host.indexOf(':') == host.lastIndexOf(':');
            return portBehind || !HOST.matcher(host).matches()
                    ? "write the host alone: no scheme, no port (that is database.port), no path and no list"
                    : null;
        });
    }

    /** The name of a class; whether there is one is for those to say who load it. */
    static Validator className() {
        return text(
                "a class name",
                name -> CLASS_NAME.matcher(name).matches()
                        ? null
                        : "not a class name: write it in full, for example io.confluent.connect.avro.AvroConverter");
    }

    /** Text that is not blank. */
    static Validator notBlank() {
        return text("not blank", value -> value.isBlank() ? "must not be blank" : null);
    }

    static Validator text(String meaning, Function<String, String> complaint) {
        return LambdaValidator.with(
                (key, value) -> {
                    String wrong = value == null ? null : complaint.apply((String) value);
                    if (wrong != null) {
                        throw new ConfigException(key, value, wrong);
                    }
                },
                () -> meaning);
    }

    private static Validator each(String meaning, Function<List<String>, String> complaint) {
        return LambdaValidator.with(
                (key, value) -> {
                    if (value instanceof Collection<?> items) {
                        String wrong = complaint.apply(
                                items.stream().map(String::valueOf).toList());
                        if (wrong != null) {
                            throw new ConfigException(key, value, wrong);
                        }
                    }
                },
                () -> meaning);
    }

    private static String duplicate(List<String> values) {
        Set<String> seen = new HashSet<>();
        for (String value : values) {
            if (!seen.add(value)) {
                return "'" + value + "' stands there twice: name each once";
            }
        }
        return null;
    }
}
