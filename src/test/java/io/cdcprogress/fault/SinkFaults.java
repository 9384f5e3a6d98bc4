package io.cdcprogress.fault;

import static io.cdcprogress.fault.Scene.AT_ONCE;
import static io.cdcprogress.fault.Scene.BEAT;
import static io.cdcprogress.fault.Scene.STALL;
import static io.cdcprogress.model.Finding.NONE;
import static io.cdcprogress.model.Finding.POSITION_UNKNOWN;
import static io.cdcprogress.model.Finding.SINK_BEHIND;
import static io.cdcprogress.model.Finding.SINK_FAILED;
import static io.cdcprogress.model.Finding.SINK_GROUP_EMPTY;
import static io.cdcprogress.model.Finding.SINK_GROUP_MISSING;
import static io.cdcprogress.model.Finding.SINK_REWOUND;
import static io.cdcprogress.model.Finding.SINK_STALLED;
import static io.cdcprogress.model.Finding.SNAPSHOTTING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.time.Duration;
import java.util.List;

/** What happens to sinks. */
final class SinkFaults {
    /** Slow by design: it is said sooner than of others that it is behind, and later that it is stalled. */
    static final String CATCHES_UP = "sink_catches_up";

    /** Slow by design, and so given longer than others before it counts as stalled. */
    static final String IN_SNAPSHOT = "sink_in_snapshot";

    private static final int MANY = 3000;

    /** A record of this test has two kilobytes and more, for it carries its schema. */
    private static final double SLOWLY = 300_000;

    /** For a minute after a burst it may not seem to come nearer: it must not have caught up before. */
    private static final double SLOWER = 75_000;

    private static final String FETCH = "100000";

    /** It commits between two of its writes; on a busy machine one of hundreds of rows takes seconds. */
    private static final String POLL = "50";

    private SinkFaults() {}

    static List<Fault> all() {
        return List.of(
                Fault.of("sink_paused", SinkFaults::paused),
                Fault.of("sink_hangs", SinkFaults::hangs),
                Fault.of("sink_deleted", SinkFaults::deleted),
                Fault.of("sink_stopped", SinkFaults::stopped),
                Fault.of("sink_poisoned", SinkFaults::poisoned),
                Fault.of("sink_rewound", SinkFaults::rewound),
                Fault.of(CATCHES_UP, SinkFaults::catchesUp)
                        .sinkWith("consumer.override.fetch.max.bytes", FETCH)
                        .sinkWith("consumer.override.max.partition.fetch.bytes", FETCH)
                        .sinkWith("consumer.override.max.poll.records", POLL),
                Fault.of("sink_of_one_table", SinkFaults::ofOneTable)
                        .tables("orders", "items")
                        .sinkWith("topics.regex", "sink_of_one_table[.]public[.]orders"),
                Fault.of(IN_SNAPSHOT, SinkFaults::inSnapshot)
                        .withoutSink("INSERT INTO orders (item, amount) SELECT 'item', i FROM generate_series(1, "
                                + MANY + ") AS i")
                        .sinkWith("consumer.override.fetch.max.bytes", FETCH)
                        .sinkWith("consumer.override.max.partition.fetch.bytes", FETCH)
                        .sinkWith("consumer.override.max.poll.records", POLL));
    }

    private static void paused(Scene scene) throws Exception {
        scene.step("the sink is paused, and data waits", () -> {
            scene.pipeline.pauseSink();
            scene.pipeline.insert(20);
        });
        // Before Connect has told it, it may have stood too long.
        scene.told.finds(SINK_STALLED, BEAT.multipliedBy(2), "{sink}");
        scene.told.untilSo("it is said why", seen -> seen.text("detail").contains("is PAUSED"));
        scene.untold.finds(SINK_STALLED, STALL, "{group}");
        scene.lasts();
        scene.step("it is resumed", scene.pipeline::resumeSink);
        scene.clears(BEAT);
    }

    /** Connect says that it runs. */
    private static void hangs(Scene scene) throws Exception {
        try (Connection lock = scene.lockTarget()) {
            scene.step("its target hangs, and data waits", () -> scene.pipeline.insert(20));
            scene.bothFind(SINK_STALLED, STALL.plusSeconds(1), "{group}", "{topic}");
            scene.lasts();
            scene.step("the target goes on", lock::rollback);
        }
        scene.clears(AT_ONCE.plusSeconds(2));
    }

    private static void deleted(Scene scene) throws Exception {
        scene.step("the sink is deleted, and data waits", () -> {
            scene.connect.delete(scene.pipeline.sinkConnector());
            scene.awaitGroupEmpty();
            scene.pipeline.insert(20);
        });
        scene.told.passing(SINK_STALLED).finds(SINK_GROUP_EMPTY, BEAT.plus(STALL), "{group}");
        // It is missing for certain when a third listing is without it.
        scene.told.untilSo("it is said why", seen -> seen.text("detail").contains("Connect has no sink connector"));
        scene.untold.passing(SINK_STALLED).finds(SINK_GROUP_EMPTY, BEAT.plus(STALL), "{group}");
        scene.lasts();
        scene.step("it is created again", scene.pipeline::createSink);
        for (View view : List.of(scene.told, scene.untold)) {
            // Until it commits, its offset stands.
            view.passing(SINK_STALLED).finds(NONE, BEAT);
        }
        scene.lasts();
    }

    private static void stopped(Scene scene) throws Exception {
        scene.step("the sink is stopped, and data waits", () -> {
            scene.connect.stop(scene.pipeline.sinkConnector());
            scene.awaitGroupEmpty();
            scene.pipeline.insert(20);
        });
        scene.told.passing(SINK_STALLED).finds(SINK_GROUP_EMPTY, BEAT, "{group}", "{sink}");
        scene.told.untilSo("it is said why", seen -> seen.text("detail").contains("is STOPPED"));
        scene.untold.passing(SINK_STALLED).finds(SINK_GROUP_EMPTY, BEAT.plus(STALL), "{group}");
        scene.lasts();
        scene.step("it is resumed", scene.pipeline::resumeSink);
        scene.clears(BEAT);
    }

    private static void poisoned(Scene scene) throws Exception {
        String target = scene.pipeline.targetDatabase();
        scene.database.execute(target, "ALTER TABLE orders ADD CONSTRAINT poison CHECK (amount < 1000000)");
        scene.step("the target refuses a row", () -> {
            scene.database.execute(
                    scene.pipeline.sourceDatabase(), "INSERT INTO orders (item, amount) VALUES ('much', 2000000)");
            scene.connect.awaitState(scene.pipeline.sinkConnector(), "RUNNING");
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> scene.connect
                            .status(scene.pipeline.sinkConnector())
                            .at("/tasks/0/state")
                            .asText()
                            .equals("FAILED"));
        });
        scene.told
                .passing(SINK_STALLED, SINK_GROUP_EMPTY)
                .finds(SINK_FAILED, BEAT.multipliedBy(2), "{sink}", "Exception", "poison");
        scene.untold.passing(SINK_STALLED).finds(SINK_GROUP_EMPTY, BEAT.plus(STALL), "{group}");
        scene.lasts();
        scene.step("it takes it, and the task is restarted", () -> {
            scene.database.execute(target, "ALTER TABLE orders DROP CONSTRAINT poison");
            scene.restart(scene.pipeline.sinkConnector());
        });
        // Its offset stands until the first commit, and its members come back before that.
        scene.told.passing(SINK_STALLED, SINK_GROUP_EMPTY).finds(NONE, BEAT);
        scene.untold.passing(SINK_STALLED, SINK_GROUP_EMPTY).finds(NONE, BEAT);
        scene.lasts();
    }

    private static void rewound(Scene scene) throws Exception {
        String sink = scene.pipeline.sinkConnector();
        scene.connect.stop(sink);
        try (Connection lock = scene.lockTarget()) {
            scene.step("its offsets are set back", () -> {
                String offsets = "{\"offsets\": [{\"partition\": {\"kafka_topic\": \"" + scene.pipeline.topic("orders")
                        + "\", \"kafka_partition\": 0}, \"offset\": {\"kafka_offset\": 1}}]}";
                // STOPPED is said before its tasks have left the group.
                await().ignoreExceptions()
                        .until(() -> scene.connect.alterOffsets(sink, new ObjectMapper().readTree(offsets)) != null);
                scene.pipeline.resumeSink();
            });
            scene.told.passing(SINK_GROUP_EMPTY).finds(SINK_REWOUND, BEAT, "{group}", "{topic}");
            scene.untold.passing(SINK_GROUP_EMPTY).finds(SINK_REWOUND, AT_ONCE, "{group}", "{topic}");
            scene.step("it reads what it has read before", lock::rollback);
        }
        scene.told.passing(SINK_STALLED).finds(NONE, BEAT);
        scene.untold.passing(SINK_STALLED).finds(NONE, BEAT);
        scene.lasts();
    }

    private static void inSnapshot(Scene scene) throws Exception {
        // Before there is a sink; then one whose target takes its time.
        scene.step("a snapshot, and nobody who consumes it", () -> {});
        scene.bothFind(SINK_GROUP_MISSING, AT_ONCE, "{group}");
        scene.step("a slow sink begins", () -> {
            scene.throttleSink(SLOWLY);
            scene.pipeline.createSink();
        });
        for (View view : List.of(scene.told, scene.untold)) {
            // While its members join, the group is there and is assigned nothing.
            view.passing(SINK_GROUP_MISSING, SINK_GROUP_EMPTY, POSITION_UNKNOWN).finds(SNAPSHOTTING, BEAT, "{topic}");
        }
        scene.lasts();
        scene.step("it has got through", () -> {
            scene.throttleSink(null);
            scene.pipeline.awaitDrained();
            // The first record that is not of the snapshot.
            scene.pipeline.insert(1);
        });
        scene.clears(BEAT);
    }

    /** Slow, but not stalled. */
    private static void catchesUp(Scene scene) throws Exception {
        scene.throttleSink(SLOWER);
        scene.step("more comes than a slow sink can take", () -> scene.pipeline.insert(MANY));
        for (View view : List.of(scene.told, scene.untold)) {
            view.untilSo("it is said to be behind", seen -> seen.finding() == SINK_BEHIND);
            Seen known = view.untilSo(
                    "it is told when it will have caught up", seen -> seen.number("catch_up_seconds") != null);
            assertThat(known.number("catch_up_seconds")).isPositive();
            assertThat(known.finding()).isEqualTo(SINK_BEHIND);
        }
        scene.step("it has caught up", () -> {
            scene.throttleSink(null);
            scene.pipeline.awaitDrained();
        });
        scene.clears(AT_ONCE);
        for (View view : List.of(scene.told, scene.untold)) {
            Long seconds = view.last().number("catch_up_seconds");
            assertThat(seconds == null || seconds == 0).isTrue();
        }
    }

    /** That another topic appears is not its fault. */
    private static void ofOneTable(Scene scene) throws Exception {
        scene.step("a topic appears that the sink does not want", () -> scene.pipeline.insert("items", 10));
        scene.told.calm(15);
        // Who is not told can't know that yet, and says no more than that it may be behind.
        scene.untold.calm(15);
    }
}
