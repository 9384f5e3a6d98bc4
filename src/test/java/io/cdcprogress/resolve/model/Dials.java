package io.cdcprogress.resolve.model;

import java.util.SplittableRandom;

/** How a history is set up: drawn from its seed, within what its scenario allows. */
final class Dials {
    static final long MS = 1_000_000L;
    static final long SECOND = 1_000 * MS;
    static final long TICK = 40 * MS;
    static final long SETTLE = 5 * SECOND;

    final Scenario scenario;
    final SplittableRandom random;
    final long poll;
    final boolean asked;
    final boolean configuredTold;
    final boolean heartbeats;
    final boolean actionQuery;
    final boolean exactlyOnce;
    final boolean readCommitted;
    final String group;
    final boolean compacted;
    final boolean ackHazard;
    final boolean showsSent;
    final boolean worldStopsWhileReading;
    final int tables;
    final int partitions;
    final int queueCapacity;
    final long flushInterval;
    final long statusInterval;
    final long longestDelivery;
    final long latestMarker;
    final double txnsPerTick;
    final double sinkSpeed;

    Dials(Scenario scenario, long seed) {
        this.scenario = scenario;
        random = new SplittableRandom(seed * 31 + scenario.name().hashCode());
        poll = new long[] {SECOND, 2 * SECOND, 3 * SECOND, 5 * SECOND, 10 * SECOND}[random.nextInt(5)];
        asked = scenario != Scenario.ACK_HAZARD
                && (random.nextDouble() < 0.6 || scenario == Scenario.HEARTBEATS_LEFT_OVER);
        configuredTold = scenario == Scenario.EVERYTHING || random.nextBoolean();
        heartbeats = random.nextDouble() < 0.6 && scenario != Scenario.HEARTBEATS_LEFT_OVER;
        actionQuery = heartbeats && random.nextDouble() < 0.4;
        exactlyOnce = scenario.is(Scenario.LATE_MARKERS, Scenario.ABORTED_BATCHES)
                || (scenario.is(Scenario.PLAIN, Scenario.CRASH_REPLAY, Scenario.EVERYTHING)
                        && random.nextDouble() < 0.3);
        readCommitted = exactlyOnce && random.nextDouble() < 0.8;
        group = random.nextDouble() < 0.75 ? "connect-sink" : "flink-sink";
        compacted = scenario == Scenario.COMPACTION || (scenario == Scenario.EVERYTHING && random.nextBoolean());
        ackHazard = scenario == Scenario.ACK_HAZARD;
        showsSent = random.nextDouble() < 0.9;
        worldStopsWhileReading = random.nextBoolean();
        tables = 1 + random.nextInt(3);
        partitions = 1 + random.nextInt(3);
        queueCapacity = random.nextDouble() < 0.3 ? 20 : 1_000_000;
        flushInterval = new long[] {SECOND, 5 * SECOND, 20 * SECOND}[random.nextInt(3)];
        statusInterval = new long[] {SECOND, 5 * SECOND, 10 * SECOND}[random.nextInt(3)];
        boolean slow = scenario.is(Scenario.IN_FLIGHT, Scenario.RARE_HEARTBEATS, Scenario.ACK_HAZARD)
                || random.nextDouble() < (scenario == Scenario.CRASH_REPLAY ? 0.7 : 0.2);
        longestDelivery = slow ? SETTLE - 500 * MS : 300 * MS;
        latestMarker = scenario == Scenario.LATE_MARKERS ? 4 * SECOND : 200 * MS;
        txnsPerTick = new double[] {0.01, 0.04, 0.12}[random.nextInt(3)];
        sinkSpeed = new double[] {0.4, 2, 10}[random.nextInt(3)];
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    long upTo(long nanos) {
        return (long) (random.nextDouble() * nanos);
    }

    long between(long least, long most) {
        return least + upTo(most - least);
    }

    /** Whether something in this history breaks what SEMANTICS says INFERRED assumes. */
    boolean breaksInference() {
        boolean publishesLate = scenario.pauses() || scenario.queueStalls() || scenario.brokersStall();
        return scenario.is(Scenario.ONE_BROKER_STALLS, Scenario.LATE_ZOMBIES)
                || scenario.breaksProof()
                // Without heartbeats, Connect's RUNNING is deceived by a queue that stands still.
                || (publishesLate && !heartbeats && asked);
    }
}
