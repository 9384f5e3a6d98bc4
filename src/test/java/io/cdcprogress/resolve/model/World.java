package io.cdcprogress.resolve.model;

import java.util.ArrayList;
import java.util.List;

/** Everything that is observed, and its whole history. */
final class World {
    private static final double EVERY_FIFTEEN_SECONDS = 0.0026;

    final Dials dials;
    final boolean told;
    final Database database;
    final Brokers brokers = new Brokers();
    final Producer producer;
    final Debezium debezium;
    final SinkGroup sink;
    /** What happened, for whoever has to debug. */
    final List<String> chronicle = new ArrayList<>();

    long now;
    int recreations;
    int rewinds;
    boolean calm;
    private long resumeAt;
    private long stalledUntil;
    private long sinkResumesAt;

    /** @param told whether the chronicle is kept */
    World(Dials dials, boolean told) {
        this.dials = dials;
        this.told = told;
        database = new Database(dials);
        producer = new Producer(dials, brokers);
        debezium = new Debezium(dials, database, producer);
        sink = new SinkGroup(dials, brokers);
        for (int i = 0; i < dials.tables; i++) {
            brokers.topic("p.t" + i, dials.partitions, 0);
        }
        if (dials.heartbeats || dials.scenario == Scenario.HEARTBEATS_LEFT_OVER) {
            brokers.heartbeat(Debezium.HEARTBEATS, 0);
        }
    }

    void runTo(long to) {
        while (now < to) {
            now += Dials.TICK;
            database.tick(now);
            debezium.tick(now);
            producer.tick(now);
            sink.tick(now);
            if (debezium.paused && (calm || now >= resumeAt)) {
                debezium.paused = false;
                note("resumed");
            }
            sink.paused = now < sinkResumesAt;
            if (!calm && now > 5 * Dials.SECOND) {
                happen();
            }
        }
    }

    /** No more changes and no more trouble, and the sink consumes what is left. */
    void calmDown() {
        calm = true;
        database.quiet = true;
        debezium.beatsOnly = true;
        debezium.stalledUntil = 0;
        sink.hurries = true;
        note("calm");
    }

    /** Whether all that was committed has been published and consumed. */
    boolean settled() {
        Truth truth = Truth.of(this);
        return database.idle() && truth.publishedUpTo() == Long.MAX_VALUE && truth.consumedUpTo() == Long.MAX_VALUE;
    }

    void note(String what) {
        if (told) {
            chronicle.add(now / Dials.MS + " ms: " + what);
        }
    }

    private boolean now(boolean inScenario) {
        return inScenario && dials.chance(EVERY_FIFTEEN_SECONDS);
    }

    private void happen() {
        Scenario scenario = dials.scenario;
        boolean everything = scenario == Scenario.EVERYTHING;
        if (now(true)) {
            sinkResumesAt = now + dials.upTo(12 * Dials.SECOND);
        }
        if (now(scenario.queueStalls())) {
            debezium.stalledUntil = now + dials.between(2 * Dials.SECOND, 3 * Dials.SETTLE);
            note("queue stalls until " + debezium.stalledUntil / Dials.MS);
        }
        if (now(scenario.pauses())) {
            debezium.paused = true;
            resumeAt = now + dials.between(2 * Dials.SECOND, 20 * Dials.SECOND);
            note("paused");
        }
        if (now(scenario.crashes())) {
            debezium.crash(now);
            note("crash");
        }
        if (now > 20 * Dials.SECOND && now(scenario == Scenario.TOPICS_APPEAR || everything)) {
            appear();
        }
        if (now(scenario == Scenario.COMMITS_EXPIRE || everything)) {
            sink.expire();
            rewinds++;
            note("commits expire");
        }
        if (now(scenario == Scenario.REWINDS || everything)) {
            sink.rewind();
            rewinds++;
            note("rewind");
        }
        if (now(scenario == Scenario.INCREMENTAL_SNAPSHOT || everything)) {
            debezium.readIncrementally(now);
        }
        if (dials.compacted && dials.chance(0.005)) {
            brokers.logs().forEach(log -> log.compact(dials.upTo(log.end())));
        }
        if (now(scenario == Scenario.RETENTION)) {
            Log log = anyLog();
            log.start = Math.max(log.start, dials.upTo(log.stable()));
            note("log start " + log.start + " in " + log.id);
        }
        if (now > 20 * Dials.SECOND && now(scenario == Scenario.RECREATION)) {
            String topic = anyLog().topic.name;
            brokers.recreate(topic, now);
            sink.topicGone(topic);
            recreations++;
            note("recreated " + topic);
        }
        if (now > stalledUntil + 10 * Dials.SECOND && now(scenario.brokersStall())) {
            stalledUntil = now + 10 * Dials.SECOND;
            producer.stall(stalledUntil, scenario != Scenario.ONE_BROKER_STALLS);
            note("brokers stall");
        }
    }

    private void appear() {
        if (dials.chance(0.5)) {
            database.tables++;
            note("a table more");
        } else {
            Topic topic = anyLog().topic;
            topic.grow(now);
            note("a partition more in " + topic.name);
        }
    }

    private Log anyLog() {
        List<Log> logs = brokers.logs();
        return logs.get(dials.random.nextInt(logs.size()));
    }
}
