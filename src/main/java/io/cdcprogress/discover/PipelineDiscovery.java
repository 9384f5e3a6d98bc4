package io.cdcprogress.discover;

import io.cdcprogress.discover.Discovered.Notice;
import io.cdcprogress.model.ListedConnectors;
import io.cdcprogress.model.ListedGroups;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for pipelines on a thread of its own: Connect asks for task configurations on the thread that would have to answer,
 * so whoever asks is given what was found before.
 */
public final class PipelineDiscovery implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PipelineDiscovery.class);
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

    /** Asks, and waits for the answer. */
    public interface Listing<T> {
        /** Failures are in it. */
        T read() throws InterruptedException;
    }

    private final DiscoveryState state;
    private final Listing<ListedConnectors> connectors;
    private final Listing<ListedGroups> groups;
    private final AutoCloseable resources;
    private final Runnable changed;
    private final LongSupplier nanoTime;
    private final Thread thread;
    private final Set<Notice> noticed = new HashSet<>();
    private List<DiscoveredPipeline> told;
    private int inVain;
    private boolean warned;
    private volatile boolean closed;
    private volatile List<DiscoveredPipeline> pipelines;
    private volatile String failure = "nothing has answered yet";

    /**
     * Begins with {@link #start}.
     *
     * @param connector this connector's name in Connect
     * @param resources closed by the thread when it ends
     * @param changed told, on that thread, when {@link #pipelines} are others than before
     */
    public PipelineDiscovery(
            String connector,
            DiscoveryRules rules,
            Listing<ListedConnectors> connectors,
            Listing<ListedGroups> groups,
            AutoCloseable resources,
            Runnable changed) {
        this(connector, rules, connectors, groups, resources, changed, System::nanoTime);
    }

    PipelineDiscovery(
            String connector,
            DiscoveryRules rules,
            Listing<ListedConnectors> connectors,
            Listing<ListedGroups> groups,
            AutoCloseable resources,
            Runnable changed,
            LongSupplier nanoTime) {
        this.state = new DiscoveryState(rules);
        this.connectors = connectors;
        this.groups = groups;
        this.resources = resources;
        this.changed = changed;
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::run, "cdc-progress-discovery-" + connector);
        this.thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** In a stable order; null until they were found for the first time. Asks nobody. */
    public List<DiscoveredPipeline> pipelines() {
        return pipelines;
    }

    /** Why nothing is found; null where the last look was answered. */
    public String failure() {
        return failure;
    }

    private void run() {
        try (resources) {
            while (!closed) {
                TimeUnit.NANOSECONDS.sleep(look().toNanos());
            }
        } catch (InterruptedException e) {
            LOG.debug("Stopped while looking for pipelines");
        } catch (Exception e) {
            LOG.warn("What discovery has used could not be closed", e);
        }
    }

    /** Says when to look again. */
    Duration look() throws InterruptedException {
        boolean found = false;
        try {
            found = lookOnce();
        } catch (RuntimeException | Error e) {
            // Also an error: without this thread no change would ever be seen again.
            String why = "pipelines could not be looked for (" + e + "): please report it";
            if (!why.equals(failure)) {
                LOG.error("Pipelines could not be looked for", e);
            }
            failed(why);
        }
        inVain = found ? 0 : Math.min(inVain + 1, 16);
        return found ? BEAT : min(FIRST_RETRY.multipliedBy(1L << (inVain - 1)), BEAT);
    }

    /** Whether what was found counts. */
    private boolean lookOnce() throws InterruptedException {
        ListedConnectors listed = connectors.read();
        if (listed.failure() != null) {
            return failed(listed.failure().detail());
        }
        ListedGroups listedGroups = groups.read();
        if (listedGroups.failure() != null && listedGroups.names().isEmpty()) {
            return failed(listedGroups.failure().detail());
        }
        Discovered found = state.next(listed, listedGroups, nanoTime.getAsLong());
        if (found == null) {
            failure = listed.unread().isEmpty()
                    ? "the first look has to be confirmed by a second"
                    : "Connect has not told all of connectors " + listed.unread();
            return false;
        }
        note(found.notices());
        if (!found.pipelines().equals(pipelines)) {
            pipelines = found.pipelines();
            LOG.info(
                    "Pipelines to observe, {}: {}",
                    pipelines.size(),
                    pipelines.stream().map(DiscoveredPipeline::nameAndGroups).collect(Collectors.joining(", ")));
        }
        if (!found.pipelines().equals(told)) {
            if (!askForTasks()) {
                return false;
            }
            told = found.pipelines();
        }
        answered();
        return true;
    }

    private boolean askForTasks() {
        try {
            changed.run();
            return true;
        } catch (RuntimeException e) {
            return failed("Connect takes no new tasks yet: " + e);
        }
    }

    private boolean failed(String why) {
        if (!why.equals(failure)) {
            LOG.warn("Pipelines stay as they are: {}", why);
            warned = true;
        }
        failure = why;
        return false;
    }

    private void answered() {
        if (warned) {
            LOG.info("Pipelines are looked for again");
        }
        warned = false;
        failure = null;
    }

    /** Each is said once, until it has ceased to hold. */
    private void note(List<Notice> notices) {
        noticed.retainAll(notices);
        notices.stream().filter(noticed::add).forEach(notice -> {
            if (notice.warning()) {
                LOG.warn("{}", notice.text());
            } else {
                LOG.info("{}", notice.text());
            }
        });
    }

    private static Duration min(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Signals and returns; the thread ends by itself. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
