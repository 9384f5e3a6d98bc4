package io.cdcprogress.fault;

import io.cdcprogress.Deployment;
import io.cdcprogress.model.Finding;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.EmbeddedBroker;
import io.cdcprogress.stack.EmbeddedDatabase;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.PostgresRelease;
import io.cdcprogress.stack.Worker;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An hour in which nothing is wrong: light load for a while, then none. Prints every record that says otherwise. Started by
 * hand after {@code mvn -DskipITs verify}, from the project's folder:
 *
 * <pre>java -Xmx3g -Djava.io.tmpdir=target -Dlog4j2.configurationFile=src/test/resources/log4j2-test.xml -Dlog.name=quiet-hour \
 *     -cp target/classes:target/test-classes:$(cat target/stack/test.classpath) io.cdcprogress.fault.QuietHour 60 10</pre>
 *
 * The numbers are minutes: of all, and of load.
 */
public final class QuietHour {
    private static final String PIPELINE = "orders";
    private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    private final Database database = EmbeddedDatabase.start(PostgresRelease.V17);
    private final Broker broker = EmbeddedBroker.start();
    private final Worker worker = ConnectWorker.start(KafkaRelease.V4_3, broker, "quiet", Map.of());
    private final CdcPipeline pipeline = CdcPipeline.start(
            PipelineSpec.named(PIPELINE).tables("orders", "items").partitions(2).heartbeat(), database, broker, worker);
    private final Map<String, Monitor> monitors = new LinkedHashMap<>();
    private final Map<String, Integer> read = new TreeMap<>();
    private final Map<String, Map<String, Integer>> told = new TreeMap<>();

    private QuietHour() {}

    public static void main(String[] arguments) throws Exception {
        Duration all = Duration.ofMinutes(arguments.length > 0 ? Long.parseLong(arguments[0]) : 60);
        Duration load = Duration.ofMinutes(arguments.length > 1 ? Long.parseLong(arguments[1]) : 10);
        System.exit(new QuietHour().watch(all, load) ? 0 : 1);
    }

    private boolean watch(Duration all, Duration load) throws Exception {
        deploy("as documented", asking(deployment("10000")));
        deploy("eager", asking(deployment("1000").with("stall.after.ms", "5000")));
        deploy("eager without Connect", deployment("1000").with("stall.after.ms", "5000"));
        say("watching for " + all.toMinutes() + " minutes, under load for " + load.toMinutes());
        long end = System.nanoTime() + all.toNanos();
        Scene.whileWriting(this::write, Duration.ofMillis(700), () -> printFor(load));
        say("idle from now on");
        printFor(Duration.ofNanos(end - System.nanoTime()));
        told.forEach((monitor, findings) -> say("summary of " + monitor + ": " + findings));
        return told.values().stream()
                .allMatch(findings -> findings.keySet().stream()
                        .allMatch(finding -> finding.equals("NONE") || finding.startsWith("first ")));
    }

    private void write() {
        pipeline.insert("orders", 3);
        pipeline.insert("items", 2);
        pipeline.update(1);
    }

    private Deployment deployment(String interval) {
        return new Deployment(database, broker)
                .watching(PIPELINE, pipeline)
                .with("poll.interval.ms", interval)
                .with("flush.interval.ms", "1000");
    }

    private Deployment asking(Deployment deployment) {
        return deployment
                .with("connect.url", worker.rest().url().toString())
                .with("pipelines." + PIPELINE + ".source.connector", pipeline.sourceConnector());
    }

    private void deploy(String label, Deployment deployment) {
        monitors.put(label, new Monitor(deployment, worker));
    }

    private void printFor(Duration duration) throws InterruptedException {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            var printing = clock.scheduleWithFixedDelay(() -> monitors.forEach(this::print), 1, 1, TimeUnit.SECONDS);
            printing.get(Math.max(0, duration.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            clock.shutdown(); // the time is over
            clock.awaitTermination(1, TimeUnit.MINUTES);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            clock.shutdownNow();
        }
    }

    private void print(String label, Monitor monitor) {
        var all = monitor.all(PIPELINE);
        for (Seen seen : all.subList(read.getOrDefault(label, 0), all.size())) {
            Map<String, Integer> findings = told.computeIfAbsent(label, any -> new TreeMap<>());
            // Until the first good one, not all that is needed is known.
            String finding = (findings.containsKey("NONE") || seen.finding() == Finding.NONE ? "" : "first ")
                    + seen.text("finding");
            findings.merge(finding, 1, Integer::sum);
            if (seen.finding() != Finding.NONE) {
                say(label + ": " + seen.value());
            }
        }
        read.put(label, all.size());
    }

    private static void say(String words) {
        OUT.println(Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + words);
    }
}
