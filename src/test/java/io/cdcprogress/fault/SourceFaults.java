package io.cdcprogress.fault;

import static io.cdcprogress.fault.Scene.AT_ONCE;
import static io.cdcprogress.fault.Scene.BEAT;
import static io.cdcprogress.fault.Scene.STALL;
import static io.cdcprogress.model.Finding.NONE;
import static io.cdcprogress.model.Finding.POSITION_UNKNOWN;
import static io.cdcprogress.model.Finding.SLOT_INACTIVE;
import static io.cdcprogress.model.Finding.SLOT_MISSING;
import static io.cdcprogress.model.Finding.SLOT_RECREATED;
import static io.cdcprogress.model.Finding.SNAPSHOTTING;
import static io.cdcprogress.model.Finding.SOURCE_FAILED;
import static io.cdcprogress.model.Finding.SOURCE_STALLED;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.Deployment;
import java.time.Duration;
import java.util.List;

/** What happens to Debezium and its slot. */
final class SourceFaults {
    private static final String ROLE = FaultStack.ROLE;

    private SourceFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("source_deleted", SourceFaults::deleted),
                Fault.of("source_paused", SourceFaults::paused),
                Fault.of("source_failed", SourceFaults::failed)
                        .with("database.user", FaultStack.ROLE)
                        .with("database.password", Deployment.PASSWORD)
                        .with("errors.max.retries", "0"),
                Fault.of("snapshot_takes_long", SourceFaults::snapshot)
                        .on(FaultStack.Server.READ)
                        .with("snapshot.fetch.size", "50")
                        .with("snapshot.select.statement.overrides", "public.orders")
                        .with(
                                "snapshot.select.statement.overrides.public.orders",
                                "SELECT * FROM orders WHERE pg_sleep(0.01)::text IS NOT NULL"),
                Fault.of("slot_dropped", SourceFaults::slotDropped).with("snapshot.mode", "when_needed"));
    }

    private static void deleted(Scene scene) throws Exception {
        scene.step("Debezium is deleted", () -> {
            scene.connect.delete(scene.pipeline.sourceConnector());
            scene.pipeline.awaitSlotActive(false);
        });
        scene.told.findsOnceItHasStood(SLOT_INACTIVE, STALL, "{slot}");
        // It is missing for certain when a third listing is without it.
        scene.told.untilSo("it is said why", seen -> seen.text("detail").contains("Connect has no Debezium connector"));
        scene.untold.findsOnceItHasStood(SLOT_INACTIVE, STALL, "{slot}");
        scene.lasts();
        scene.step("it is created again", scene.pipeline::createSource);
        scene.clears(BEAT);
    }

    /** Its slot stays active. */
    private static void paused(Scene scene) throws Exception {
        scene.step("Debezium is paused, and data waits", () -> {
            scene.connect.pause(scene.pipeline.sourceConnector());
            scene.pipeline.insert(20);
        });
        // Records that were under way refute what Connect says; then it has to be asked once more.
        scene.told.finds(SOURCE_STALLED, BEAT.multipliedBy(2));
        scene.told.untilSo("it is said why", seen -> seen.text("detail").contains("is PAUSED"));
        scene.untold.finds(SOURCE_STALLED, STALL.plusSeconds(2), "{slot}");
        scene.lasts();
        scene.step("it is resumed", () -> scene.connect.resume(scene.pipeline.sourceConnector()));
        scene.clears(BEAT);
    }

    private static void failed(Scene scene) throws Exception {
        scene.step("Debezium may not log in any more", () -> {
            scene.database.execute(
                    "postgres",
                    "ALTER ROLE " + ROLE + " NOLOGIN",
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '" + ROLE + "'");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> scene.connect
                            .status(scene.pipeline.sourceConnector())
                            .at("/tasks/0/state")
                            .asText()
                            .equals("FAILED"));
        });
        scene.told.passing(SLOT_INACTIVE).finds(SOURCE_FAILED, BEAT.multipliedBy(2), "{source}", "Exception");
        scene.untold.finds(SLOT_INACTIVE, STALL, "{slot}");
        scene.lasts();
        scene.step("it may, and the task is restarted", () -> {
            scene.database.execute("postgres", "ALTER ROLE " + ROLE + " LOGIN");
            scene.restart(scene.pipeline.sourceConnector());
        });
        scene.told.passing(SLOT_INACTIVE).finds(NONE, BEAT);
        scene.untold.finds(NONE, BEAT);
        scene.lasts();
    }

    private static void slotDropped(Scene scene) throws Exception {
        String source = scene.pipeline.sourceConnector();
        scene.step("Debezium is stopped and its slot dropped", () -> {
            scene.connect.stop(source);
            scene.pipeline.awaitSlotActive(false);
            scene.database.execute("postgres", "SELECT pg_drop_replication_slot('" + scene.pipeline.slot() + "')");
        });
        scene.bothFind(SLOT_MISSING, AT_ONCE, "{slot}");
        scene.lasts();
        scene.step("Debezium makes a new one", () -> {
            scene.pipeline.insert(3);
            scene.connect.resume(source);
            scene.pipeline.awaitSlotActive(true);
        });
        scene.bothFind(SLOT_RECREATED, AT_ONCE, "{slot}");
        scene.step("changes go through", () -> {
            scene.pipeline.awaitDrained();
            scene.pipeline.insert(3);
            scene.pipeline.awaitDrained();
        });
        scene.told.passing(POSITION_UNKNOWN).finds(NONE, BEAT);
        scene.untold.passing(POSITION_UNKNOWN).finds(NONE, BEAT);
        scene.lasts();
    }

    /** While Debezium reads the tables, nobody is on the slot. */
    private static void snapshot(Scene scene) throws Exception {
        String source = scene.pipeline.sourceConnector();
        scene.pipeline.insert(2500);
        scene.pipeline.awaitDrained();
        scene.step("everything begins anew, with a snapshot that takes its time", () -> {
            scene.connect.stop(source);
            scene.pipeline.awaitSlotActive(false);
            scene.database.execute("postgres", "SELECT pg_drop_replication_slot('" + scene.pipeline.slot() + "')");
            scene.connect.forgetOffsets(source);
            scene.connect.unpause(source);
        });
        for (View view : List.of(scene.told, scene.untold)) {
            view.passing(SLOT_MISSING, SLOT_RECREATED, SOURCE_STALLED).lists(SNAPSHOTTING, BEAT);
            // Where the slot was seen missing, it takes its time anew until nobody is on it for long.
            view.without(SLOT_INACTIVE, 4);
        }
        scene.step("it has got through", () -> {
            scene.pipeline.awaitSlotActive(true);
            scene.pipeline.insert(1);
            scene.pipeline.awaitDrained();
        });
        for (View view : List.of(scene.told, scene.untold)) {
            view.passing(SLOT_RECREATED).finds(NONE, BEAT);
        }
        scene.lasts();
    }
}
