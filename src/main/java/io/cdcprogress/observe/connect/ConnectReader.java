package io.cdcprogress.observe.connect;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.observe.connect.Known.Stored;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks for what is due, one request after the other, and keeps what was told. All but the getters is for one thread. */
final class ConnectReader {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectReader.class);
    static final String LISTING = "/connectors?expand=status&expand=info";
    private static final Duration BEAT = Duration.ofSeconds(10);

    private final ConnectRequests requests;
    private final Map<String, String> keys;
    private final Set<String> groups;
    private final Duration flushInterval;
    private final LongSupplier nanoTime;
    private final Absence absence = new Absence();
    private final Beat connection;
    private final Beat cluster;
    private final Beat listing;
    private final Map<String, Beat> offsets = new LinkedHashMap<>();
    private volatile Known known;
    private boolean warned;
    private volatile boolean answering = true;

    /**
     * @param keys the source connectors' names, each with the configuration's key that names it
     * @param groups the sink groups whose connectors are of interest
     */
    ConnectReader(
            ConnectRequests requests,
            Map<String, String> keys,
            Set<String> groups,
            Duration flushInterval,
            LongSupplier nanoTime) {
        this.requests = requests;
        this.keys = Map.copyOf(keys);
        this.groups = Set.copyOf(groups);
        this.flushInterval = flushInterval;
        this.nanoTime = nanoTime;
        this.known = Known.nothing(new Failure(Finding.POSITION_UNKNOWN, requests + " has not answered yet"));
        this.connection = new Beat(nanoTime);
        this.cluster = new Beat(nanoTime);
        this.listing = new Beat(nanoTime);
        keys.keySet().forEach(connector -> offsets.put(connector, new Beat(nanoTime)));
    }

    Known known() {
        return known;
    }

    /** Whether the last request was answered. */
    boolean answering() {
        return answering;
    }

    /** Ends early where the next request would fail like the last. */
    void round() throws InterruptedException {
        try {
            if (connection.due() && askCluster() && askListing()) {
                for (String connector : offsets.keySet()) {
                    if (!askOffsets(connector)) {
                        return;
                    }
                }
            }
        } catch (RuntimeException e) {
            LOG.error("What Connect answered could not be used: please report it", e);
            connection.failed(BEAT);
            notListed(new Failure(
                    Finding.POSITION_UNKNOWN, "what Connect answered could not be used; the worker's log says why"));
        }
    }

    private boolean askCluster() throws InterruptedException {
        if (known.clusterId() != null || !cluster.due()) {
            return true;
        }
        Answer<WorkerInfo> answer = ask("/", WorkerInfo.class);
        if (answer.failed()) {
            cluster.failed(BEAT);
            known = known.cluster(null, answer.failure());
            if (answer.hopeless()) {
                notListed(answer.failure()); // it will not even be asked for
            }
        } else {
            cluster.next(BEAT);
            known = known.cluster(answer.value().kafkaClusterId(), null);
        }
        return goesOn(answer);
    }

    private boolean askListing() throws InterruptedException {
        if (!listing.due()) {
            return true;
        }
        long askedAt = nanoTime.getAsLong();
        Answer<ConnectorListing> answer = ask(LISTING, ConnectorListing.class);
        if (answer.failed()) {
            listing.failed(BEAT);
            notListed(answer.failure());
        } else {
            listing.next(BEAT);
            if (warned) {
                LOG.info("{} answers again", requests);
                warned = false;
            }
            Map<String, SourceFacts> sources = new HashMap<>();
            keys.keySet()
                    .forEach(connector ->
                            sources.put(connector, answer.value().source(connector, known.source(connector))));
            known = known.listing(
                    absent(sources, askedAt),
                    answer.value().sinkTopics(groups),
                    absence.confirmed(answer.value().sinkConnectors(groups, known.sinkConnectors()), askedAt),
                    askedAt);
        }
        return goesOn(answer);
    }

    private Map<String, SourceFacts> absent(Map<String, SourceFacts> sources, long askedAt) {
        Map<String, SourceFacts> confirmed = new HashMap<>();
        sources.forEach((name, source) -> confirmed.put(
                name,
                source.connector() == null ? source : source.with(absence.confirmed(source.connector(), askedAt))));
        return confirmed;
    }

    private boolean askOffsets(String connector) throws InterruptedException {
        SourceFacts source = known.source(connector);
        Beat beat = offsets.get(connector);
        boolean absent = source != null && !source.present();
        if (absent || !beat.due()) {
            return true;
        }
        long askedAt = nanoTime.getAsLong();
        Answer<StoredOffsets> answer = ask(ConnectRequests.path(connector, "offsets"), StoredOffsets.class);
        Stored stored = stored(connector, source, askedAt, answer);
        known = known.offsets(connector, stored);
        if (answer.sent()) {
            beat.next(stored.commit() == null && flushInterval.compareTo(BEAT) > 0 ? BEAT : flushInterval);
        }
        return goesOn(answer);
    }

    private Stored stored(String connector, SourceFacts source, long askedAt, Answer<StoredOffsets> answer) {
        Stored before = known.stored(connector);
        if (answer.failed()) {
            return new Stored(before.read(), before.commit(), before.askedAt(), explained(connector, source, answer));
        }
        try {
            Lsn commit = answer.value().commit(source == null ? null : source.topicPrefix());
            return new Stored(true, commit, askedAt, null);
        } catch (StoredOffsets.Ambiguous e) {
            return new Stored(
                    false,
                    null,
                    askedAt,
                    new Failure(
                            Finding.POSITION_UNKNOWN,
                            "the stored offset of connector " + connector + " can't be told: " + e.getMessage()));
        }
    }

    private Failure explained(String connector, SourceFacts source, Answer<?> answer) {
        Integer status = answer.status();
        boolean notFound = Objects.equals(status, HttpErrors.NOT_FOUND);
        if (notFound && source == null) {
            return new Failure(
                    Finding.POSITION_UNKNOWN,
                    "Connect has no connector " + connector + ": correct " + keys.get(connector) + ", or create it");
        }
        if (notFound || Objects.equals(status, HttpErrors.METHOD_NOT_ALLOWED)) {
            return new Failure(
                    Finding.POSITION_UNKNOWN,
                    "Connect does not tell stored offsets (status " + status + " to GET /connectors/" + connector
                            + "/offsets): it does from Kafka 3.5 on, so update its workers, or remove "
                            + keys.get(connector));
        }
        return answer.failure();
    }

    private <T> Answer<T> ask(String path, Class<T> type) throws InterruptedException {
        LOG.debug("GET {}", path);
        Answer<T> answer = requests.get(path, type);
        answering = !answer.hopeless();
        return answer;
    }

    private boolean goesOn(Answer<?> answer) {
        if (answer.hopeless()) {
            connection.failed(BEAT);
            return false;
        }
        connection.next(Duration.ZERO);
        return true;
    }

    private void notListed(Failure failure) {
        if (!failure.equals(known.listingFailure())) {
            LOG.warn("{}", failure.detail());
            warned = true;
        }
        known = known.notListed(failure);
    }
}
