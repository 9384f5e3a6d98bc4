package io.cdcprogress.resolve.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Connect's producer and offset store: several partitions in flight at once, each in order. */
final class Producer {
    /** A record that has been sent. */
    private static final class Flight {
        final Rec rec;
        final String topic;
        final int partition;
        final long sentAt;
        final long due;
        final Batch batch;
        boolean acknowledged;

        Flight(Rec rec, String topic, int partition, long sentAt, long due, Batch batch) {
            this.rec = rec;
            this.topic = topic;
            this.partition = partition;
            this.sentAt = sentAt;
            this.due = due;
            this.batch = batch;
        }
    }

    /** A producer's transaction. */
    private static final class Batch {
        final Set<Log> touched = new LinkedHashSet<>();
        final Map<Log, Long> markersDue = new LinkedHashMap<>();
        long commitAt;
        long storedAt;
        Rec last;
        boolean ending;
        boolean abort;
    }

    private final Dials dials;
    private final Brokers brokers;
    private final Map<String, Deque<Flight>> inFlight = new HashMap<>();
    private final Map<String, Long> delays = new HashMap<>();
    private final Map<String, Long> stalledUntil = new HashMap<>();
    private final List<Flight> zombies = new ArrayList<>();
    private final Deque<Flight> submitted = new ArrayDeque<>();
    private Flight lastAcknowledged;
    private Batch batch;
    private long flushAt;
    private long confirmAt;
    private long toConfirm;

    /** The stored source offset. */
    Rec stored;

    /** Where it began, before any record was stored. */
    Long storedCommit;

    long confirmed;

    Producer(Dials dials, Brokers brokers) {
        this.dials = dials;
        this.brokers = brokers;
    }

    /** Whether records can be sent now: not while a transaction ends. */
    boolean accepts(long now) {
        return batch == null || (!batch.ending && now < batch.commitAt);
    }

    void send(Rec rec, long now) {
        Topic topic = rec.kind() == Rec.Kind.HEARTBEAT
                ? brokers.heartbeat(rec.topic(), now)
                : brokers.topic(rec.topic(), dials.partitions, now);
        int partition = rec.key() % topic.logs.size();
        String key = rec.topic() + "-" + partition;
        if (dials.chance(0.05) || !delays.containsKey(key)) {
            delays.put(key, dials.between(Dials.TICK, dials.longestDelivery));
        }
        if (dials.exactlyOnce && batch == null) {
            batch = new Batch();
            batch.commitAt = now + dials.between(100 * Dials.MS, Dials.SECOND);
        }
        Flight flight = new Flight(rec, rec.topic(), partition, now, now + delays.get(key), batch);
        inFlight.computeIfAbsent(key, absent -> new ArrayDeque<>()).add(flight);
        submitted.add(flight);
        if (batch != null) {
            batch.last = rec;
        }
    }

    void tick(long now) {
        inFlight.forEach((key, flights) -> {
            // Later ones wait for earlier ones, as one connection's requests do.
            while (!flights.isEmpty() && flights.peek().due <= now && stalledUntil.getOrDefault(key, 0L) <= now) {
                append(flights.poll());
            }
        });
        for (Iterator<Flight> late = zombies.iterator(); late.hasNext(); ) {
            Flight flight = late.next();
            if (flight.due <= now) {
                append(flight);
                late.remove();
            }
        }
        if (batch != null) {
            transact(now);
        } else if (!dials.exactlyOnce && now >= flushAt) {
            flushAt = now + dials.flushInterval;
            flush(now);
        }
        if (toConfirm > confirmed && now >= confirmAt) {
            confirmed = toConfirm;
        }
    }

    private void append(Flight flight) {
        Topic topic = flight.rec.kind() == Rec.Kind.HEARTBEAT
                ? brokers.heartbeat
                : brokers.topic(flight.topic, dials.partitions, flight.due);
        Log log = topic.logs.get(flight.partition);
        Entry entry = new Entry(log, flight.rec, flight.sentAt, flight.batch);
        if (flight.rec.piece() != null) {
            flight.rec.piece().entries.add(entry);
        }
        if (flight.batch != null) {
            flight.batch.touched.add(log);
        }
        flight.acknowledged = true;
        lastAcknowledged = flight;
    }

    private void flush(long now) {
        Rec covered = null;
        while (!submitted.isEmpty() && submitted.peek().acknowledged) {
            covered = submitted.poll().rec;
        }
        if (covered != null) {
            store(covered, now);
        }
        if (dials.ackHazard && lastAcknowledged != null) {
            confirm(lastAcknowledged.rec, now);
        }
    }

    private void store(Rec rec, long now) {
        stored = rec;
        storedCommit = rec.lsnCommit();
        confirm(rec, now);
    }

    private void confirm(Rec rec, long now) {
        toConfirm = Math.max(toConfirm, rec.lsnCommit() == null ? rec.lsn() : rec.lsnCommit());
        confirmAt = now + dials.upTo(500 * Dials.MS);
    }

    private void transact(long now) {
        if (!batch.ending && now >= batch.commitAt && inFlight.values().stream().allMatch(Deque::isEmpty)) {
            batch.ending = true;
            batch.storedAt = now + dials.upTo(300 * Dials.MS);
            batch.touched.forEach(log -> batch.markersDue.put(log, now + dials.upTo(dials.latestMarker)));
        }
        if (!batch.ending) {
            return;
        }
        if (!batch.abort && batch.last != null && now >= batch.storedAt) {
            store(batch.last, now);
            batch.last = null;
            submitted.clear();
        }
        batch.markersDue.entrySet().removeIf(due -> {
            if (due.getValue() <= now) {
                due.getKey().mark(batch, batch.abort, now);
            }
            return due.getValue() <= now;
        });
        if (batch.markersDue.isEmpty() && (batch.abort || batch.last == null)) {
            batch = null;
        }
    }

    /** The process dies: of what it had sent, some arrives yet. */
    void crash(long now) {
        boolean late = dials.scenario == Scenario.LATE_ZOMBIES;
        if (!dials.exactlyOnce) {
            inFlight.values().forEach(flights -> {
                int kept = dials.random.nextInt(flights.size() + 1);
                long due = now + (late ? 7 * Dials.SECOND : 0);
                for (int i = 0; i < kept; i++) {
                    Flight flight = flights.poll();
                    due += dials.upTo(2 * Dials.SECOND / kept); // still in order
                    zombies.add(new Flight(flight.rec, flight.topic, flight.partition, flight.sentAt, due, null));
                }
            });
        } else if (batch != null && !batch.ending) {
            batch.ending = true;
            batch.abort = true;
            batch.touched.forEach(log ->
                    batch.markersDue.put(log, now + dials.between(Dials.SECOND, 2 * Dials.SECOND)));
        }
        zombies.sort((one, other) -> Long.compare(one.due, other.due));
        inFlight.clear();
        submitted.clear();
        lastAcknowledged = null;
    }

    /** Brokers take nothing for a while. */
    void stall(long until, boolean all) {
        for (Log log : brokers.logs()) {
            if (all || log.id.hashCode() % 2 == 0) {
                stalledUntil.put(log.id.toString(), until + dials.upTo(300 * Dials.MS));
            }
        }
        if (all && brokers.heartbeat != null) {
            stalledUntil.put(brokers.heartbeat.logs.get(0).id.toString(), until + dials.upTo(300 * Dials.MS));
        }
    }
}
