package io.cdcprogress.fault;

import static org.awaitility.Awaitility.await;

import io.cdcprogress.model.Finding;
import io.cdcprogress.stack.Broker;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectRest;
import io.cdcprogress.stack.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;

/** A pipeline on which a fault is caused, and two monitors that watch it: one asks Connect, the other can't. */
final class Scene {
    /** As the monitors are configured. */
    static final Duration STALL = Duration.ofSeconds(6);
    /** Connect is listed, and what changes slowly in Kafka is read, every so often. */
    static final Duration BEAT = Duration.ofSeconds(10);

    static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** A fault that is there for so many records is not one that comes and goes. */
    private static final int LASTS = 4;

    final CdcPipeline pipeline;
    final Database database;
    final Broker broker;
    final ConnectRest connect;
    final View told;
    final View untold;

    Scene(CdcPipeline pipeline, Database database, FaultStack stack, Monitor told, Monitor untold) {
        this.pipeline = pipeline;
        this.database = database;
        this.broker = stack.broker();
        this.connect = stack.worker().rest();
        this.told = new View("told", told, pipeline.slot(), this::named);
        this.untold = new View("untold", untold, pipeline.slot(), this::named);
    }

    private String named(String words) {
        return words.replace("{slot}", pipeline.slot())
                .replace("{group}", pipeline.sinkGroup())
                .replace("{source}", pipeline.sourceConnector())
                .replace("{sink}", pipeline.sinkConnector())
                .replace("{topic}", pipeline.topics().get(0));
    }

    /** A few rows go through, and then nothing is wrong. */
    void startsWell() throws Exception {
        step("a few rows", () -> {
            pipeline.insert(5);
            pipeline.awaitDrained();
        });
        told.passing(Finding.values()).finds(Finding.NONE, BEAT.multipliedBy(3));
        untold.passing(Finding.values()).finds(Finding.NONE, BEAT.multipliedBy(3));
    }

    void step(String what, Step step) throws Exception {
        told.begin(what);
        untold.begin(what);
        step.run();
        told.done();
        untold.done();
    }

    void bothFind(Finding finding, Duration knowable, String... says) throws InterruptedException {
        told.finds(finding, knowable, says);
        untold.finds(finding, knowable, says);
    }

    /** What each of them found last goes on. */
    void lasts() throws InterruptedException {
        told.keeps(LASTS);
        untold.keeps(LASTS);
    }

    /** Nothing is wrong any more, and nothing comes after. */
    void clears(Duration knowable) throws InterruptedException {
        told.finds(Finding.NONE, knowable);
        untold.finds(Finding.NONE, knowable);
        lasts();
    }

    /** Also one that has failed. */
    void restart(String connector) {
        connect.restart(connector);
        await(connector + " to run again").atMost(PATIENCE).ignoreExceptions().until(() -> {
            connect.awaitRunning(connector);
            return true;
        });
    }

    /**
     * While it is open, the sink can't write a row: it hangs as on a slow target. It takes no transaction id, for it would
     * hold back the slots of its server.
     */
    Connection lockTarget() throws SQLException {
        Connection connection = database.connect(pipeline.targetDatabase());
        connection.setAutoCommit(false);
        connection.createStatement().execute("LOCK TABLE orders IN EXCLUSIVE MODE");
        return connection;
    }

    /** Its members have left the group, so that it takes nothing of what comes. */
    void awaitGroupEmpty() {
        try (Admin admin = broker.admin()) {
            await("group " + pipeline.sinkGroup() + " to be empty")
                    .atMost(PATIENCE)
                    .until(() -> admin.describeConsumerGroups(List.of(pipeline.sinkGroup()))
                            .describedGroups()
                            .get(pipeline.sinkGroup())
                            .get()
                            .members()
                            .isEmpty());
        }
    }

    /**
     * The sink gets only so much: a slow target would hold transactions open, and with them the slots of its server.
     *
     * @param bytesPerSecond null ends it
     */
    void throttleSink(Double bytesPerSecond) throws Exception {
        ClientQuotaEntity client = new ClientQuotaEntity(
                Map.of(ClientQuotaEntity.CLIENT_ID, "connector-consumer-" + pipeline.sinkConnector() + "-0"));
        ClientQuotaAlteration.Op rate = new ClientQuotaAlteration.Op("consumer_byte_rate", bytesPerSecond);
        try (Admin admin = broker.admin()) {
            admin.alterClientQuotas(List.of(new ClientQuotaAlteration(client, List.of(rate))))
                    .all()
                    .get();
        }
    }

    /** Writes every so often until the action is done. */
    static void whileWriting(Runnable write, Duration pause, Step action) throws Exception {
        ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
        try {
            Future<?> writing = thread.scheduleAtFixedRate(write, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
            action.run();
            if (writing.isDone()) {
                writing.get(); // It is done only when it failed.
            }
        } finally {
            thread.shutdown();
        }
    }

    /** What is not as it should be; empty if the fault was told well. */
    List<String> wrong() {
        return Stream.of(told, untold).flatMap(view -> view.wrong().stream()).toList();
    }

    String report() {
        return String.join("\n", told.notes()) + "\n" + String.join("\n", untold.notes()) + "\n" + told.history() + "\n"
                + untold.history();
    }
}
