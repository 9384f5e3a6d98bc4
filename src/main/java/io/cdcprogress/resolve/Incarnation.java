package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.TopicFacts;
import java.util.Map;

/**
 * Notices that a pipeline's server or slot is another one than before, so that LSNs of before and now are not of one
 * history. A slot that is not there now is another one when it comes back.
 */
final class Incarnation {
    private final String slotName;
    private ServerFacts server;
    private boolean missing;

    Incarnation(String slotName) {
        this.slotName = slotName;
    }

    /** What changed since the observation before; null if nothing did, or nothing was observed. */
    Failure note(SlotObservation observation) {
        ServerFacts now = observation.serverFacts();
        if (now == null) {
            return null;
        }
        ServerFacts before = server;
        boolean wasMissing = missing;
        server = now;
        missing = observation.slotFacts() == null;
        if (before == null) {
            return null;
        }
        if (before.systemIdentifier() != now.systemIdentifier()) {
            return new Failure(
                    Finding.DATABASE_REPLACED,
                    "the server has another system identifier than before (" + now.systemIdentifier() + ", was "
                            + before.systemIdentifier() + "): positions begin anew");
        }
        if (before.timeline() != now.timeline()) {
            return new Failure(
                    Finding.FAILOVER,
                    "the server is on timeline " + now.timeline() + ", was on " + before.timeline()
                            + ": positions begin anew");
        }
        if (wentBack(before.sourceLsn(), now.sourceLsn())) {
            return new Failure(
                    Finding.DATABASE_REPLACED,
                    "the server's WAL went back from " + before.sourceLsn() + " to " + now.sourceLsn()
                            + ", as after a restore: positions begin anew");
        }
        return missing && !wasMissing
                ? new Failure(Finding.SLOT_MISSING, "slot " + slotName + " is gone: positions begin anew")
                : null;
    }

    private static boolean wentBack(Lsn before, Lsn now) {
        return now.compareTo(before) < 0;
    }

    /** As it is stored with a position of a sink that consumes these topics; null if it is not known. */
    String text(Map<String, TopicFacts> consumed) {
        return server == null ? null : prefix() + TopicHashes.text(consumed);
    }

    /**
     * Whether a stored text is of this server, this slot and these topics, which may have become more since.
     *
     * @param stored null if nothing is
     * @param consumed those that the sink consumes now
     * @param present all of the pipeline
     */
    boolean goesOnFrom(String stored, Map<String, TopicFacts> consumed, Map<String, TopicFacts> present) {
        return server != null
                && stored != null
                && stored.startsWith(prefix())
                && TopicHashes.within(stored.substring(prefix().length()), consumed, present);
    }

    private String prefix() {
        return server.systemIdentifier() + "/" + server.timeline() + "/" + slotName + "/";
    }
}
