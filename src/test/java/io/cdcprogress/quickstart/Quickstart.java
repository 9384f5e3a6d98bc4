package io.cdcprogress.quickstart;

import io.cdcprogress.stack.AtExit;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.PostgresRelease;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.PrometheusServer;
import io.cdcprogress.stack.Worker;
import io.cdcprogress.stack.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Starts PostgreSQL, Kafka, Connect, Debezium and a sink, then this connector from {@code config/cdc-progress.json}, and
 * shows what it publishes. The servers stop when this process ends, however it ends.
 */
public final class Quickstart {
    private static final Logger LOG = LoggerFactory.getLogger(Quickstart.class);
    private static final List<String> TABLES = List.of("orders", "customers", "shipments");
    private static final String PIPELINE = "orders";
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);
    private static final Path PROMETHEUS = Path.of("config", "prometheus");
    private static final Map<String, String> WITH_HTTP =
            Map.of("rest.extension.classes", "io.cdcprogress.rest.CdcProgressRestExtension");

    private final Console console;
    private final Example example = new Example(Path.of("config", "cdc-progress.json"));

    private final boolean withPrometheus;

    private Quickstart(Console console, boolean withPrometheus) {
        this.console = console;
        this.withPrometheus = withPrometheus;
    }

    /** {@code --seconds n}, or until the process is stopped; {@code --prometheus}: with one. */
    public static void main(String[] arguments) throws IOException {
        List<String> options = List.of(arguments);
        int seconds = options.indexOf("--seconds");
        Duration duration = seconds < 0 ? FOR_EVER : Duration.ofSeconds(Long.parseLong(options.get(seconds + 1)));
        Console console = new Console(System.out);
        // The broker prints as it formats its disk.
        Path printed = Files.createDirectories(Path.of("target", "logs")).resolve("quickstart.out");
        System.setOut(new PrintStream(printed.toFile(), StandardCharsets.UTF_8));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> console.say("Stopping.")));
        System.exit(new Quickstart(console, options.contains("--prometheus")).run(duration));
    }

    private int run(Duration duration) {
        try {
            show(duration);
            return 0;
        } catch (RuntimeException | AssertionError e) {
            LOG.error("quickstart failed", e);
            if (AtExit.ending()) {
                return 0;
            }
            String message = String.valueOf(e.getMessage()).lines().limit(2).collect(Collectors.joining(" "));
            console.say("The quickstart cannot go on: " + message + ". More in target/logs/quickstart.log.");
            return 1;
        }
    }

    private void show(Duration duration) {
        console.say("Starting:");
        Database database = console.stage("PostgreSQL 17", () -> EmbeddedDatabase.start(PostgresRelease.V17));
        Broker broker = console.stage("Kafka " + KafkaRelease.V4_3.version(), () -> EmbeddedBroker.start());
        Worker worker = console.stage("Kafka Connect " + KafkaRelease.V4_3.version(), () -> worker(broker));
        CdcPipeline pipeline = console.stage(
                "Debezium and a JDBC sink", () -> CdcPipeline.start(pipeline(), database, broker, worker));
        console.stage(example.name() + ", from config/cdc-progress.json", () -> {
            example.createRole(database);
            worker.rest().create(example.on(broker, worker));
            worker.rest().awaitRunning(example.name());
        });
        String prometheus = worker instanceof WorkerProcess process
                ? console.stage("Prometheus", () -> prometheus(process))
                : "./quickstart --prometheus starts one";
        sayAddresses(database, broker, worker, pipeline, prometheus);
        try (Workload workload = new Workload(pipeline, TABLES);
                SinkSwitch sink = new SinkSwitch(pipeline, console);
                ProgressReader reader = new ProgressReader(broker, "cdc.progress")) {
            workload.start();
            sink.start();
            follow(reader, duration);
        }
    }

    /** Prometheus scrapes an agent, which sees the whole of a process: one of its own, then. */
    private Worker worker(Broker broker) {
        return withPrometheus
                ? WorkerProcess.start(
                        KafkaRelease.V4_3, broker, "connect", WITH_HTTP, PROMETHEUS.resolve("jmx-exporter.yml"))
                : ConnectWorker.start(KafkaRelease.V4_3, broker, "connect", WITH_HTTP);
    }

    private static String prometheus(WorkerProcess worker) {
        return PrometheusServer.start(List.of(worker.metrics()), PROMETHEUS.resolve("alerts.yml"))
                        .url()
                + "graph?g0.expr=cdc_total_lag_seconds&g0.tab=0&g0.range_input=5m";
    }

    private PipelineSpec pipeline() {
        return PipelineSpec.named(PIPELINE)
                .tables(TABLES.toArray(String[]::new))
                .partitions(2)
                .heartbeat()
                .source("topic.prefix", "shop");
    }

    private void sayAddresses(
            Database database, Broker broker, Worker worker, CdcPipeline pipeline, String prometheus) {
        String connect = worker.rest().url().toString().replaceAll("/$", "");
        String postgres =
                "postgresql://" + database.user() + "@" + database.address() + "/" + pipeline.sourceDatabase();
        console.say("""

                The page       %s/cdc-progress/
                Kafka Connect  %s
                Kafka          %s
                PostgreSQL     %s
                Prometheus     %s

                The sink is paused and resumed by itself. Try, in another terminal:
                  curl -s %s/api/v1/monitoring/pipelines/%s/lag
                  curl -s %s/connectors/%s/status
                  curl -s -X PUT %s/connectors/%s/pause
                  psql '%s' -c 'SELECT slot_name, active, confirmed_flush_lsn FROM pg_replication_slots'

                What it publishes on cdc.progress, once a second (Ctrl-C ends):
                """.formatted(
                        connect,
                        connect,
                        broker.bootstrapServers(),
                        postgres,
                        prometheus,
                        connect,
                        pipeline.sourceConnector(),
                        connect,
                        example.name(),
                        connect,
                        pipeline.sourceConnector(),
                        postgres));
    }

    private void follow(ProgressReader reader, Duration duration) {
        ProgressTable table = new ProgressTable();
        long start = System.nanoTime();
        // Throws when there is none: then something is wrong that a table would not show.
        console.say(table.line(reader.awaitRecord(entry -> true).value()));
        while (System.nanoTime() - start < duration.toNanos()) {
            for (ProgressReader.Entry entry : reader.poll(Duration.ofMillis(200))) {
                console.say(table.line(entry.value()));
            }
        }
    }
}
