package io.cdcprogress.observe.connect;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Asks for connectors' active topics, each connector's once a minute; sooner while it has just been found or its topics have
 * just changed, since a topic that is not known makes a position false.
 */
final class ActiveTopicsReader {
    private static final Duration SHORTEST = Duration.ofSeconds(10);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final ConnectRequests requests;
    private final LongSupplier nanoTime;
    private final Map<String, Asked> connectors = new HashMap<>();

    /** What is known of one connector. */
    private static final class Asked {
        private final Beat beat;
        private Duration wait = SHORTEST;
        private boolean answered;
        /** Null where Connect does not tell. */
        private Set<String> topics;

        Asked(Beat beat) {
            this.beat = beat;
        }

        void answered(Answer<ActiveTopics> answer) {
            if (answer.failed()) {
                wait = LONGEST; // tracking is turned off, or the like: what was told before stands
            } else if (answer.value().names().equals(topics)) {
                wait = wait.multipliedBy(2).compareTo(LONGEST) < 0 ? wait.multipliedBy(2) : LONGEST;
            } else {
                wait = SHORTEST;
                topics = Set.copyOf(answer.value().names());
            }
            answered = true;
            beat.next(wait);
        }
    }

    ActiveTopicsReader(ConnectRequests requests, LongSupplier nanoTime) {
        this.requests = requests;
        this.nanoTime = nanoTime;
    }

    /** Forgets all others. */
    void keep(Collection<String> names) {
        connectors.keySet().retainAll(names);
    }

    /**
     * Asks if it is due.
     *
     * @return false if nobody answers, so that asking for another's would most likely fail just so
     */
    boolean ask(String connector) throws InterruptedException {
        Asked asked = connectors.computeIfAbsent(connector, any -> new Asked(new Beat(nanoTime)));
        if (!asked.beat.due()) {
            return true;
        }
        Answer<ActiveTopics> answer = requests.get(ConnectRequests.path(connector, "topics"), ActiveTopics.class);
        if (answer.hopeless()) {
            return false;
        }
        asked.answered(answer);
        return true;
    }

    /** Whether Connect has ever answered, be it that it does not tell. */
    boolean answered(String connector) {
        Asked asked = connectors.get(connector);
        return asked != null && asked.answered;
    }

    /** Null where Connect does not tell. */
    Set<String> topics(String connector) {
        Asked asked = connectors.get(connector);
        return asked == null ? null : asked.topics;
    }
}
