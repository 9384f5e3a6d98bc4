package io.cdcprogress.resolve.model;

import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.TopicSelector;
import io.cdcprogress.resolve.PositionResolver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One history: a world, a monitor that looks at it, and what has to hold of what the monitor says. */
final class History {
    private final Scenario scenario;
    private final long seed;
    private final Break broken;
    private final Dials dials;
    private final World world;
    private final Claims claims;
    private PositionResolver resolver;
    private Observer observer;
    private Expectation expectation;
    private final LogReader reader;
    private SinkPosition last;
    private Seen lastSeen;
    private int observations;

    /**
     * What came of it.
     *
     * @param compared observations where everything was readable, so that what is proven had to be what the rules say
     * @param exact how many of them left it no choice
     * @param caughtUp whether the calm end reached the source; null where it need not
     */
    record Outcome(
            List<String> violations,
            int observations,
            int proven,
            int inferred,
            int falseProven,
            int falseInferred,
            int compared,
            int exact,
            int exactAges,
            Boolean caughtUp,
            String story) {}

    private History(Scenario scenario, long seed, Break broken, boolean told) {
        this.scenario = scenario;
        this.seed = seed;
        this.broken = broken;
        this.dials = new Dials(scenario, seed);
        this.world = new World(dials, told);
        this.claims = new Claims(world);
        this.reader = new LogReader(world, broken);
    }

    static Outcome run(Scenario scenario, long seed, Break broken) {
        Outcome outcome = new History(scenario, seed, broken, false).run();
        // What has to be told is told of the same history once more: telling takes longer than living it.
        return outcome.violations().isEmpty() ? outcome : new History(scenario, seed, broken, true).run();
    }

    private Outcome run() {
        start(Map.of());
        try {
            long busy = dials.between(40 * Dials.SECOND, 90 * Dials.SECOND);
            while (world.now < busy) {
                world.runTo(world.now + dials.between(dials.poll / 2, dials.poll * 3 / 2));
                boolean restarts = scenario.is(Scenario.MONITOR_RESTARTS, Scenario.EVERYTHING) && dials.chance(0.1);
                if (restarts && last != null) {
                    world.note("monitor restarts");
                    start(Map.of(sink(), last.memory()));
                    claims.restarted();
                }
                observe();
            }
            return outcome(calmEnd());
        } catch (RuntimeException | InterruptedException e) {
            throw new AssertionError(scenario + " seed " + seed + " fails with " + e, e);
        }
    }

    private Sink sink() {
        return new Sink(Observer.PIPELINE, dials.group);
    }

    private void start(Map<Sink, PositionMemory> memory) {
        Pipeline pipeline = new Pipeline(
                Observer.PIPELINE,
                "h:5432/d",
                "d",
                "s",
                new TopicSelector("p", null, Set.of(), Set.of()),
                List.of(dials.group),
                dials.readCommitted);
        resolver = new PositionResolver(
                List.of(pipeline), reader, memory, Duration.ofNanos(Dials.SETTLE), (name, mistake) -> {
                    throw mistake;
                });
        observer = new Observer(world, broken);
        expectation = new Expectation(world);
    }

    private void observe() throws InterruptedException {
        Seen seen = observer.observe();
        expectation.before(seen);
        reader.begin();
        SinkPosition position = resolver.resolve(seen.at(), seen.slots(), seen.connect(), seen.kafka())
                .get(sink());
        observations++;
        expectation.after(seen);
        boolean readAll = seen.partitions() != null && reader.readAllOf(seen.partitions());
        if (world.told) {
            world.note(Told.of(seen, position));
        }
        claims.check(seen, position, expectation, readAll);
        last = position;
        lastSeen = seen;
    }

    /** The load ends, and the sink consumes what is left: what is claimed then must reach the source. */
    private Boolean calmEnd() throws InterruptedException {
        world.calmDown();
        long last = world.now + 300 * Dials.SECOND;
        while (!world.settled() && world.now < last) {
            world.runTo(world.now + dials.poll);
            observe();
        }
        // Two intervals, the settle time and the time that the slot's client takes to report.
        long until = world.now + 3 * dials.poll + 2 * Dials.SETTLE + dials.statusInterval + 10 * Dials.SECOND;
        while (world.now < until) {
            world.runTo(world.now + dials.poll);
            observe();
        }
        // Where transactions of the source connector take the settle time themselves, so do heartbeats: no evidence.
        boolean slowTransactions = dials.exactlyOnce && dials.longestDelivery > Dials.SETTLE / 2;
        boolean evidence = (dials.heartbeats && !slowTransactions) || (dials.asked && !dials.heartbeats);
        boolean must = evidence
                && world.settled()
                && dials.showsSent
                && world.recreations == 0
                && !scenario.breaksProof()
                && !scenario.is(
                        Scenario.UNREAD,
                        Scenario.EVERYTHING,
                        Scenario.RETENTION,
                        Scenario.COMMITS_EXPIRE,
                        Scenario.TOPICS_APPEAR,
                        Scenario.RARE_HEARTBEATS,
                        Scenario.REST_FAILS)
                && lastSeen.partitions().stream()
                        .noneMatch(offsets -> offsets.committed() == null && offsets.highWatermark() > 0);
        if (!must) {
            return null;
        }
        SinkPosition position = this.last;
        boolean caughtUp = lastSeen.slot().serverFacts().sourceLsn().equals(position.sink());
        if (!caughtUp) {
            claims.wrong("calm, but the sink is at " + position.sink() + " of "
                    + lastSeen.slot().serverFacts().sourceLsn() + ": " + position.why());
        } else if (!Long.valueOf(0).equals(position.totalLagMs())) {
            claims.wrong("calm and drained, but the lag is " + position.totalLagMs() + " ms");
        }
        return caughtUp;
    }

    private Outcome outcome(Boolean caughtUp) {
        return new Outcome(
                claims.violations(),
                observations,
                claims.proven,
                claims.inferred,
                claims.falseProven,
                claims.falseInferred,
                claims.compared,
                claims.exact,
                claims.exactAges,
                caughtUp,
                claims.violations().isEmpty() ? "" : story());
    }

    private String story() {
        int to = world.chronicle.size();
        for (int i = 0; i < world.chronicle.size(); i++) {
            if (world.chronicle.get(i).contains("VIOLATION")) {
                to = i + 1;
                break;
            }
        }
        return scenario + " seed " + seed + " (asked " + dials.asked + ", heartbeats " + dials.heartbeats
                + ", exactly once " + dials.exactlyOnce + ", committed only " + dials.readCommitted + ", group "
                + dials.group + ", poll " + dials.poll / Dials.MS + " ms)\n  "
                + String.join("\n  ", world.chronicle.subList(Math.max(0, to - 14), to));
    }
}
