package io.cdcprogress.samples;

import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * Puts this machine's addresses and files in the place of those in the samples, and nothing else. There is a server for
 * every address; those that want TLS take a connection and say nothing, as a server may that is down.
 */
final class ThisMachine implements AutoCloseable {
    private static final List<String> DATABASES = List.of("orders", "billing");
    private static final String ROLE = "cdc_progress";

    private final Database database;
    private final Path folder;
    private final ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final Map<String, String> addresses = new LinkedHashMap<>();

    /** @param folder for the files that samples name below {@code /etc/cdc-progress} */
    ThisMachine(Database database, Broker broker, Worker worker, Path folder) throws IOException {
        this.database = database;
        this.folder = folder;
        String connect = worker.rest().url().toString().replaceFirst("/$", "");
        String closed = "localhost:" + silent.getLocalPort();
        addresses.put("/etc/cdc-progress/", folder + "/");
        addresses.put("localhost:5432", database.workerAddress().toString());
        addresses.put("localhost:9092", broker.workerBootstrapServers());
        addresses.put("http://localhost:8083", connect);
        addresses.put("http://connect-connect-api:8083", connect);
        addresses.put("connect.example.com:8443", closed);
        addresses.put("kafka.example.com:9093", closed);
        addresses.put("kafka-kafka-bootstrap:9093", closed);
        makeFiles();
        database.execute("postgres", "CREATE ROLE " + ROLE + " LOGIN PASSWORD 'change-me'");
        DATABASES.forEach(database::createDatabase);
    }

    Map<String, String> config(Sample sample) {
        Map<String, String> config = new LinkedHashMap<>(sample.config());
        config.replaceAll((key, value) -> here(key, value));
        if (config.containsKey("database.hostname")) {
            config.put("database.port", String.valueOf(database.workerAddress().port()));
        }
        return config;
    }

    private String here(String key, String value) {
        if (key.endsWith("database.hostname")) {
            return database.workerAddress().host();
        }
        if (key.endsWith("database.port")) {
            return String.valueOf(database.workerAddress().port());
        }
        String here = value.replaceAll("\\$\\{secrets:[^:]+:", "\\${file:/etc/cdc-progress/secrets.properties:");
        for (Map.Entry<String, String> address : addresses.entrySet()) {
            here = here.replace(address.getKey(), address.getValue());
        }
        return here;
    }

    private void makeFiles() throws IOException {
        String certificate = certificate();
        for (String file : List.of("database-ca.pem", "kafka-ca.pem", "connect-ca.pem")) {
            Files.writeString(folder.resolve(file), certificate);
        }
        Properties secrets = new Properties();
        for (String key : List.of("database.password", "kafka.password", "connect.password", "password")) {
            secrets.setProperty(key, "not-to-be-seen");
        }
        secrets.setProperty("ca.crt", certificate);
        secrets.setProperty(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"u\" password=\"p\";");
        try (Writer out = Files.newBufferedWriter(folder.resolve("secrets.properties"))) {
            secrets.store(out, null);
        }
    }

    /** Any that there is will do. */
    private static String certificate() {
        try {
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init((KeyStore) null);
            X509TrustManager manager = (X509TrustManager) Arrays.stream(managers.getTrustManagers())
                    .filter(X509TrustManager.class::isInstance)
                    .findFirst()
                    .orElseThrow();
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(manager.getAcceptedIssuers()[0].getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate of the JDK's own", e);
        }
    }

    @Override
    public void close() {
        DATABASES.forEach(name -> database.execute("postgres", "DROP DATABASE " + name));
        database.execute("postgres", "DROP ROLE " + ROLE);
        try {
            silent.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
