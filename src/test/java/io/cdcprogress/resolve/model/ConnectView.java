package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SourceConnectorFacts;

/** What Connect REST told last, each at its own beat; sometimes it does not answer. */
final class ConnectView {
    private static final Failure SILENT = new Failure(Finding.POSITION_UNKNOWN, "Connect did not answer");

    private final World world;
    private final long statusBeat;
    private final long offsetBeat;
    private long statusAskedAt = Long.MIN_VALUE;
    private long offsetAskedAt = Long.MIN_VALUE;
    private boolean offsetRead;
    private Long storedCommit;
    private Boolean running;
    private Failure failure;

    ConnectView(World world) {
        this.world = world;
        this.statusBeat = world.dials.upTo(10 * Dials.SECOND);
        this.offsetBeat = world.dials.upTo(5 * Dials.SECOND);
    }

    void refresh() {
        if (!world.dials.asked) {
            return;
        }
        boolean silent = world.dials.scenario.is(Scenario.REST_FAILS, Scenario.EVERYTHING) && world.dials.chance(0.3);
        failure = silent ? SILENT : null;
        if (silent) {
            return;
        }
        if (statusAskedAt == Long.MIN_VALUE || world.now - statusAskedAt >= statusBeat) {
            long asked = world.now;
            boolean connected = world.debezium.pid != null || !world.debezium.snapshotOver();
            running = !world.debezium.paused && connected;
            world.runTo(world.now + world.dials.upTo(200 * Dials.MS));
            statusAskedAt = asked;
        }
        if (offsetAskedAt == Long.MIN_VALUE || world.now - offsetAskedAt >= offsetBeat) {
            offsetAskedAt = world.now;
            offsetRead = true;
            storedCommit = world.producer.storedCommit;
            world.runTo(world.now + world.dials.upTo(200 * Dials.MS));
        }
    }

    SourceConnectorFacts facts(Break broken) {
        if (!world.dials.asked) {
            return SourceConnectorFacts.NOT_ASKED;
        }
        Long stored = broken == Break.NO_FRONTIER ? (Long) world.database.flush : storedCommit;
        return new SourceConnectorFacts(
                true,
                offsetRead,
                stored == null ? null : new Lsn(stored),
                offsetAskedAt,
                running == null ? null : new ConnectorFacts("c", running ? State.RUNNING : State.PAUSED, null),
                running == null ? 0 : statusAskedAt,
                running == null ? null : (Boolean) world.dials.heartbeats,
                true,
                null,
                failure);
    }
}
