package io.cdcprogress.fault;

import static io.cdcprogress.fault.FaultStack.Server.LIMITED;
import static io.cdcprogress.fault.FaultStack.Server.QUIET;
import static io.cdcprogress.fault.Scene.AT_ONCE;
import static io.cdcprogress.fault.Scene.BEAT;
import static io.cdcprogress.fault.Scene.STALL;
import static io.cdcprogress.model.Finding.IDLE_WITHOUT_HEARTBEAT;
import static io.cdcprogress.model.Finding.LONG_TRANSACTION;
import static io.cdcprogress.model.Finding.NONE;
import static io.cdcprogress.model.Finding.POSITION_UNKNOWN;
import static io.cdcprogress.model.Finding.SLOT_INACTIVE;
import static io.cdcprogress.model.Finding.SLOT_LOST;
import static io.cdcprogress.model.Finding.SLOT_MISSING;
import static io.cdcprogress.model.Finding.SLOT_RECREATED;
import static io.cdcprogress.model.Finding.SNAPSHOTTING;
import static io.cdcprogress.model.Finding.SOURCE_STALLED;
import static io.cdcprogress.model.Finding.WAL_LIMIT_NEAR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.stack.CdcPipeline;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** What happens on the database's server, and what does not. */
final class ServerFaults {
    private static final int CALM_RECORDS = 30;
    private static final String FILLER = "SELECT pg_logical_emit_message(false, 'filler', repeat('x', 700000))";

    private ServerFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("idle_with_heartbeats", ServerFaults::nothing),
                Fault.of(
                        "light_load",
                        scene -> Scene.whileWriting(
                                () -> scene.pipeline.insert(1), Duration.ofMillis(300), () -> nothing(scene))),
                Fault.of("idle_without_heartbeats", ServerFaults::idle)
                        .on(QUIET)
                        .withoutHeartbeats(),
                Fault.of("held_and_limited", ServerFaults::heldAndLimited)
                        .on(LIMITED)
                        .with("snapshot.mode", "when_needed"));
    }

    private static void nothing(Scene scene) throws Exception {
        scene.step("nothing is wrong", () -> {});
        scene.told.calm(CALM_RECORDS);
        scene.untold.calm(CALM_RECORDS);
    }

    private static void idle(Scene scene) throws Exception {
        nothing(scene);
        String source = scene.pipeline.sourceDatabase();
        scene.database.execute(source, "CREATE TABLE busy (LIKE orders INCLUDING ALL)");
        Scene.whileWriting(
                () -> scene.database.execute(source, CdcPipeline.insertion("busy", 200)),
                Duration.ofMillis(100),
                () -> {
                    scene.step("others write", () -> {});
                    scene.told.finds(
                            IDLE_WITHOUT_HEARTBEAT,
                            STALL.plusSeconds(2),
                            "{slot}",
                            "heartbeat.interval.ms",
                            "heartbeat.action.query");
                    scene.untold.finds(
                            IDLE_WITHOUT_HEARTBEAT, STALL.plusSeconds(2), "{slot}", "heartbeat.action.query");
                    scene.lasts();
                });
        scene.step("a captured table changes", () -> {
            scene.pipeline.insert(1);
            scene.pipeline.insert(1);
        });
        scene.clears(BEAT);
    }

    private static void heldAndLimited(Scene scene) throws Exception {
        String source = scene.pipeline.sourceDatabase();
        Scene.whileWriting(() -> scene.pipeline.insert(20), Duration.ofMillis(100), () -> {
            try (Connection transaction = scene.database.connect(source)) {
                transaction.setAutoCommit(false);
                scene.step(
                        "a transaction is left open",
                        () -> transaction.createStatement().execute(CdcPipeline.insertion("orders", 1)));
                scene.bothFind(LONG_TRANSACTION, BEAT.plus(STALL), "{slot}", "pg_stat_activity");
                scene.lasts();
                scene.step("it is ended, and a checkpoint is made", () -> {
                    transaction.rollback();
                    scene.database.execute("postgres", "CHECKPOINT");
                });
            }
        });
        scene.told.finds(NONE, BEAT.multipliedBy(2));
        scene.untold.finds(NONE, BEAT.multipliedBy(2));
        unlimited(scene);
        limited(scene);
    }

    private static void unlimited(Scene scene) {
        for (View view : List.of(scene.told, scene.untold)) {
            assertThat(view.all()).allMatch(seen -> seen.number("slot_loss_seconds") == null);
        }
    }

    private static void limited(Scene scene) throws Exception {
        String slot = scene.pipeline.slot();
        scene.step("the WAL gets a limit, Debezium is stopped and others write", () -> {
            scene.connect.stop(scene.pipeline.sourceConnector());
            scene.pipeline.awaitSlotActive(false);
            scene.database.execute(
                    "postgres", "ALTER SYSTEM SET max_slot_wal_keep_size = '100MB'", "SELECT pg_reload_conf()");
        });
        Scene.whileWriting(() -> scene.database.execute("postgres", FILLER), Duration.ofMillis(200), () -> {
            for (View view : List.of(scene.told, scene.untold)) {
                Seen near = view.passing(SLOT_INACTIVE, SOURCE_STALLED)
                        .lists(WAL_LIMIT_NEAR, Duration.ofSeconds(5), "{slot}");
                long seconds = near.number("safe_wal_bytes")
                        / Math.max(
                                1,
                                Math.round(near.value()
                                        .path("wal_bytes_per_second")
                                        .asDouble()));
                assertThat(near.number("slot_loss_seconds")).isBetween(seconds - 1, seconds + 1);
            }
        });
        scene.step(
                "they write until it is full",
                () -> await().atMost(Duration.ofSeconds(60)).until(() -> {
                    scene.database.execute("postgres", FILLER, "SELECT pg_switch_wal()", "CHECKPOINT");
                    return "lost"
                            .equals(scene.database.query(
                                    "postgres",
                                    "SELECT wal_status FROM pg_replication_slots WHERE slot_name = '" + slot + "'"));
                }));
        scene.told.passing(SLOT_INACTIVE, SOURCE_STALLED, WAL_LIMIT_NEAR).finds(SLOT_LOST, AT_ONCE, "{slot}", "drop");
        scene.untold.passing(SLOT_INACTIVE, SOURCE_STALLED, WAL_LIMIT_NEAR).finds(SLOT_LOST, AT_ONCE, "{slot}", "drop");
        scene.lasts();
        scene.step("the limit is gone, the slot is dropped, and Debezium makes a new one", () -> {
            scene.database.execute(
                    "postgres",
                    "ALTER SYSTEM RESET max_slot_wal_keep_size",
                    "SELECT pg_reload_conf()",
                    "SELECT pg_drop_replication_slot('" + slot + "')");
            scene.connect.resume(scene.pipeline.sourceConnector());
            scene.pipeline.awaitSlotActive(true);
            scene.pipeline.insert(1);
            scene.pipeline.awaitDrained();
            scene.pipeline.insert(1);
        });
        for (View view : List.of(scene.told, scene.untold)) {
            view.passing(
                            SLOT_MISSING,
                            SLOT_RECREATED,
                            SLOT_INACTIVE,
                            SOURCE_STALLED,
                            WAL_LIMIT_NEAR,
                            SNAPSHOTTING,
                            POSITION_UNKNOWN)
                    .finds(NONE, BEAT);
        }
        scene.lasts();
    }
}
