package io.cdcprogress.config;

import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Validator;
import org.apache.kafka.common.config.ConfigDef.Width;

/** The {@code database.*} keys, named as Debezium names them: once for all pipelines, and once more for each. */
public final class DatabaseKeys {
    static final String PREFIX = "database.";
    public static final String HOSTNAME = "database.hostname";
    public static final String PORT = "database.port";
    public static final String DBNAME = "database.dbname";
    public static final String USER = "database.user";
    public static final String PASSWORD = "database.password";
    public static final String SSLMODE = "database.sslmode";
    public static final String SSLROOTCERT = "database.sslrootcert";
    public static final String SSLCERT = "database.sslcert";
    public static final String SSLKEY = "database.sslkey";

    private static final List<String> SSLMODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    /**
     * @param name the key without the pipeline's prefix
     * @param fallback default of the key for all pipelines; each pipeline's own defaults to that key
     */
    private record Key(
            String name,
            Type type,
            Object fallback,
            Validator validator,
            Importance importance,
            String display,
            String doc) {}

    private static final List<Key> KEYS = List.of(
            new Key(
                    HOSTNAME,
                    Type.STRING,
                    null,
                    Validators.hostname(),
                    Importance.HIGH,
                    "Host",
                    "Host of the PostgreSQL server that has the replication slot."),
            new Key(
                    PORT,
                    Type.INT,
                    5432,
                    Validators.between(1, 65535, ", the port of the PostgreSQL server"),
                    Importance.MEDIUM,
                    "Port",
                    "Port of that server."),
            new Key(
                    DBNAME,
                    Type.STRING,
                    null,
                    Validators.notBlank(),
                    Importance.HIGH,
                    "Database",
                    "The database that the slot belongs to."),
            new Key(
                    USER,
                    Type.STRING,
                    null,
                    Validators.notBlank(),
                    Importance.HIGH,
                    "User",
                    "A role with LOGIN. A member of pg_monitor also sees what the slot's walsender has sent; superuser"
                            + " and REPLICATION are not needed."),
            new Key(
                    PASSWORD,
                    Type.PASSWORD,
                    null,
                    null,
                    Importance.HIGH,
                    "Password",
                    "That role's password. May be a ${provider:...} reference, which Connect stores as it is written."),
            new Key(
                    SSLMODE,
                    Type.STRING,
                    "prefer",
                    Validators.text(
                            String.join(", ", SSLMODES),
                            mode -> SSLMODES.contains(mode.toLowerCase(Locale.ROOT))
                                    ? null
                                    : "write one of " + String.join(", ", SSLMODES)),
                    Importance.MEDIUM,
                    "SSL mode",
                    "Whether the connection is encrypted and the server's certificate is checked, as libpq means it."),
            path(SSLROOTCERT, "SSL root certificate", "the root certificate that the server's is checked against"),
            path(SSLCERT, "SSL certificate", "the client certificate"),
            path(SSLKEY, "SSL key", "the client certificate's key, in PKCS-8 DER or PKCS-12"));

    private DatabaseKeys() {}

    private static Key path(String name, String display, String what) {
        return new Key(
                name, Type.STRING, null, null, Importance.LOW, display, "Path, on every worker, of " + what + ".");
    }

    static List<String> names() {
        return KEYS.stream().map(Key::name).toList();
    }

    static void defineForAll(ConfigDef definition, String group) {
        int order = 0;
        for (Key key : KEYS) {
            definition.define(
                    key.name,
                    key.type,
                    key.fallback,
                    key.validator,
                    key.importance,
                    key.doc,
                    group,
                    ++order,
                    Width.MEDIUM,
                    key.display);
        }
    }

    static void defineForPipeline(ConfigDef definition, String prefix, String group, int firstOrder) {
        int order = firstOrder;
        for (Key key : KEYS) {
            definition.define(
                    prefix + key.name,
                    key.type,
                    null,
                    key.validator,
                    Importance.LOW,
                    key.doc + " Overrides " + key.name + " for this pipeline.",
                    group,
                    order++,
                    Width.MEDIUM,
                    key.display);
        }
    }
}
