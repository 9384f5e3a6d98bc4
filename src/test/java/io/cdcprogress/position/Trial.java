package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.cdcprogress.Deployment;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.Database;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.Unique;
import io.cdcprogress.stack.Worker;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.TopicPartition;

/** One pipeline from its first transaction on, monitors that watch it, and at the end the oracle's judgement of them. */
final class Trial implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofMillis(500);
    static final Duration SETTLE = Duration.ofMillis(1500);
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PIPELINE = "p";

    /** A deployed monitor and what it publishes. */
    record Monitor(Deployment deployment, ProgressReader reader, Watch watch) {}

    final CdcPipeline pipeline;
    final Workload workload;
    final SteppingSink steps;
    /** That of {@link #steps}. */
    final String stepsGroup = Unique.name("steps");

    private final Broker broker;
    private final Admin admin;
    private final Database database;
    private final Worker worker;
    private final CommitLog commits;
    private final Map<String, Monitor> monitors = new LinkedHashMap<>();
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    /** The pipeline runs when it returns, and has published nothing yet but what was there before. */
    Trial(CdcPipeline pipeline, PipelineSpec spec, Database database, Broker broker, Worker worker) {
        this.pipeline = pipeline;
        this.database = database;
        this.broker = broker;
        this.admin = broker.admin();
        this.worker = worker;
        open.push(admin);
        open.push(pipeline);
        commits = new CommitLog(database, pipeline.sourceDatabase(), spec.tables());
        open.push(commits);
        database.execute(
                pipeline.sourceDatabase(),
                "CREATE TABLE " + Workload.UNCAPTURED + " (LIKE "
                        + spec.tables().get(0) + " INCLUDING ALL)");
        workload = new Workload(database, pipeline.sourceDatabase(), spec.tables());
        steps = new SteppingSink(broker, stepsGroup, this::partitions, workload.seed());
        open.push(steps);
    }

    /** What the tests' pipelines have in common: three tables of two partitions, and heartbeats. */
    static PipelineSpec spec() {
        return PipelineSpec.named(Unique.name("trial"))
                .tables("orders", "items", "customers")
                .partitions(2)
                .source("heartbeat.interval.ms", "500")
                .source("status.update.interval.ms", "1000");
    }

    /** Without a sink connector: only {@link #steps} consumes. */
    static Trial stepping(PipelineSpec spec, Database database, Broker broker, Worker worker) {
        return new Trial(CdcPipeline.startWithoutSink(spec, database, broker, worker), spec, database, broker, worker);
    }

    static Trial withSink(PipelineSpec spec, Database database, Broker broker, Worker worker) {
        return new Trial(CdcPipeline.start(spec, database, broker, worker), spec, database, broker, worker);
    }

    /** That asks Connect as well. */
    Trial monitor(String label, String groups) {
        return monitor(label, groups, this::asking);
    }

    Deployment asking(Deployment deployment) {
        return deployment
                .with("connect.url", worker.rest().url().toString())
                .with("pipelines." + PIPELINE + ".source.connector", pipeline.sourceConnector());
    }

    Trial monitor(String label, String groups, UnaryOperator<Deployment> more) {
        return monitor(label, groups, more, worker);
    }

    /** @param on where it runs: may be of another Connect cluster than the pipeline's */
    Trial monitor(String label, String groups, UnaryOperator<Deployment> more, Worker on) {
        Deployment deployment = more.apply(new Deployment(database, broker)
                .watching(PIPELINE, pipeline.sourceDatabase(), pipeline.slot(), pipeline.topicPrefix(), groups)
                .with("poll.interval.ms", Long.toString(INTERVAL.toMillis()))
                .with("inference.settle.ms", Long.toString(SETTLE.toMillis()))
                .with("flush.interval.ms", "1000"));
        open.push(deployment);
        deployment.deploy(on);
        ProgressReader reader = deployment.progress();
        Watch watch = new Watch(broker, reader);
        monitors.put(label, new Monitor(deployment, reader, watch));
        return this;
    }

    Watch watch(String label) {
        return monitors.get(label).watch();
    }

    Deployment deployment(String label) {
        return monitors.get(label).deployment();
    }

    void insert(String table, int rows) {
        pipeline.insert(table, rows);
    }

    /** Runs the workload while the sink makes its steps. */
    void runStepping(int sessions, int transactionsEach) {
        Thread writing = new Thread(() -> workload.run(sessions, transactionsEach), "workload");
        writing.start();
        await("the workload with seed " + workload.seed())
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(150))
                .until(() -> {
                    steps.step();
                    return !writing.isAlive();
                });
    }

    /** Until the sink has nothing left, also not of what is still published. */
    void drainStepping(String label) {
        awaitPublished();
        steps.drain();
        watch(label).await("everything consumed", stepsGroup, PATIENCE, Trial::drained);
    }

    static boolean drained(JsonNode record) {
        return record.path("sink_lag_records").asLong(-1) == 0
                && record.path("total_lag_bytes").asLong(-1) == 0
                && record.path("total_lag_ms").asLong(-1) == 0
                && record.path("total_lag_grade").asText().equals("EXACT");
    }

    List<TopicPartition> partitions() {
        try {
            Set<String> topics = new HashSet<>(pipeline.topics());
            topics.retainAll(admin.listTopics().names().get());
            return admin.describeTopics(topics).allTopicNames().get().values().stream()
                    .flatMap(topic ->
                            topic.partitions().stream().map(p -> new TopicPartition(topic.name(), p.partition())))
                    .toList();
        } catch (ExecutionException e) {
            throw new IllegalStateException("topics of " + pipeline.topicPrefix(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Oracle oracle() {
        List<String> topics =
                partitions().stream().map(TopicPartition::topic).distinct().toList();
        return new Oracle(commits.read(), DataTopics.read(broker, topics));
    }

    /** Waits until every committed transaction is in Kafka, whole. */
    Oracle awaitPublished() {
        Oracle[] last = new Oracle[1];
        await("all transactions in Kafka").atMost(PATIENCE).untilAsserted(() -> {
            last[0] = oracle();
            assertThat(last[0].doubts()).isEmpty();
        });
        return last[0];
    }

    /** Judges what was seen, of every monitor and group, and fails for whatever is not true. */
    Map<String, Judgement> judge() {
        Oracle oracle = awaitPublished();
        Map<String, Judgement> judgements = new LinkedHashMap<>();
        monitors.forEach((label, monitor) -> {
            monitor.watch().close();
            for (String group : monitor.deployment().sinkGroups(PIPELINE)) {
                Judgement judgement = judgement(oracle, monitor, group);
                System.out.println(pipeline.slot() + " " + label + " " + group + ", " + oracle.size()
                        + " transactions: " + judgement);
                judgements.put(label + " " + group, judgement);
            }
        });
        judgements.forEach((name, judgement) -> {
            assertThat(judgement.violations).as("%s: record rules", name).isEmpty();
            assertThat(judgement.falseProven)
                    .as("%s: false proven claims", name)
                    .isEmpty();
            assertThat(judgement.falseInferred).as("%s: false claims", name).isEmpty();
            assertThat(judgement.wrongTimes).as("%s: times", name).isEmpty();
            assertThat(judgement.ofPartitions.wrong).as("%s: partitions", name).isEmpty();
            assertThat(judgement.claimsOfSomething).as("%s: claims", name).isPositive();
        });
        return judgements;
    }

    private static Judgement judgement(Oracle oracle, Monitor monitor, String group) {
        try (ProgressReader reader = monitor.deployment().partitions()) {
            reader.poll(Duration.ofSeconds(5));
            reader.skipToEnd();
            List<JsonNode> states = reader.entries().stream()
                    .map(ProgressReader.Entry::value)
                    .filter(value -> value.path("sink_group").asText().equals(group))
                    .toList();
            boolean readCommitted = monitor.deployment().readsCommitted(PIPELINE);
            return new Judgement(oracle, monitor.watch().of(group), states, readCommitted);
        }
    }

    /** Last opened, first closed. */
    @Override
    public void close() {
        monitors.values().forEach(monitor -> {
            monitor.watch().close();
            monitor.reader().close();
        });
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("the trial's end", e);
            }
        }
    }
}
