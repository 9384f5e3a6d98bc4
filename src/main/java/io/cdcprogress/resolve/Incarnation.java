package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.TopicFacts;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Notices that a pipeline's server or slot is another one than before, so that LSNs of before and now are not of one
 * history. A slot that is not there now is another one when it comes back.
 */
final class Incarnation {
    /** The beginning of a stored text. */
    private static final Pattern SERVER = Pattern.compile("(-?\\d+)/(\\d+)/.*");

    /** @param reached how far its WAL had come at least */
    private record Server(long systemIdentifier, int timeline, Lsn reached) {
        static Server of(ServerFacts facts) {
            return new Server(facts.systemIdentifier(), facts.timeline(), facts.sourceLsn());
        }

        /** Null where the memory names none. */
        static Server of(PositionMemory memory) {
            Matcher text = SERVER.matcher(String.valueOf(memory.incarnation()));
            Lsn reached = Lsn.max(memory.proven(), memory.inferred());
            return text.matches()
                    ? new Server(
                            Long.parseLong(text.group(1)),
                            Integer.parseInt(text.group(2)),
                            reached == null ? new Lsn(0) : reached)
                    : null;
        }
    }

    private final String slotName;
    private Server server;
    private boolean missing;

    /** @param stored what was kept before a restart, of which any tells the server that it was of */
    Incarnation(String slotName, Collection<PositionMemory> stored) {
        this.slotName = slotName;
        this.server = stored.stream()
                .map(Server::of)
                .filter(Objects::nonNull)
                .max(Comparator.comparing(Server::reached))
                .orElse(null);
    }

    /** What changed since the observation before; null if nothing did, or nothing was observed. */
    Failure note(SlotObservation observation) {
        if (observation.serverFacts() == null) {
            return null;
        }
        Server now = Server.of(observation.serverFacts());
        Server before = server;
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
        if (now.reached().compareTo(before.reached()) < 0) {
            return new Failure(
                    Finding.DATABASE_REPLACED,
                    "the server's WAL went back from " + before.reached() + " to " + now.reached()
                            + ", as after a restore: positions begin anew");
        }
        return missing && !wasMissing
                ? new Failure(
                        Finding.SLOT_RECREATED,
                        "slot " + slotName + " was gone: changes that were committed until it was there again reach the"
                                + " topics only by a new snapshot; positions begin anew")
                : null;
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
