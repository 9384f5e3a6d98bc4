package io.cdcprogress.resolve.model;

import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.ConnectObservation;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.KafkaObservation;
import io.cdcprogress.model.KafkaObservation.Sink;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicsObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Looks at the world in the order that SEMANTICS demands, while it goes on; forgets everything when restarted. */
final class Observer {
    static final String PIPELINE = "p";
    private static final Failure SILENT = new Failure(Finding.POSITION_UNKNOWN, "did not answer");
    private static final long JUST_FOUND = 300 * Dials.SECOND;

    private final World world;
    private final Dials dials;
    private final Break broken;
    private final boolean fails;
    private final ConnectView connect;
    private final long listingBeat;
    private final long slowBeat = 10 * Dials.SECOND;
    private long listedAt = Long.MIN_VALUE;
    private List<PartitionId> listed = List.of();
    private Map<String, TopicFacts> facts = Map.of();
    private final Map<String, Long> seenSince = new HashMap<>();
    private long slowAt = Long.MIN_VALUE;
    private Map<PartitionId, Long> beginnings = Map.of();
    private Set<PartitionId> assigned = Set.of();
    private Map<PartitionId, Long> committedBefore = Map.of();

    Observer(World world, Break broken) {
        this.world = world;
        this.dials = world.dials;
        this.broken = broken;
        this.fails = dials.scenario.is(Scenario.UNREAD, Scenario.EVERYTHING);
        this.connect = new ConnectView(world);
        this.listingBeat = dials.chance(0.7) ? 0 : dials.between(900 * Dials.MS, 4 * Dials.SECOND);
    }

    private void pass(long most) {
        world.runTo(world.now + dials.upTo(most));
    }

    Seen observe() {
        boolean early = broken == Break.ENDS_BEFORE_FRONTIER;
        boolean complete = true;
        Map<PartitionId, Long> ends = new HashMap<>();
        Map<PartitionId, Long> stable = new HashMap<>();
        if (early) {
            list();
            ends(ends, stable);
            pass(300 * Dials.MS);
        }
        SlotObservation slot = slot();
        pass(200 * Dials.MS);
        connect.refresh();
        pass(50 * Dials.MS);
        long at = world.now;
        pass(50 * Dials.MS);
        list();
        pass(50 * Dials.MS);
        slow();
        pass(100 * Dials.MS);
        if (!early) {
            ends(ends, stable);
        }
        Long heartbeatEnd = world.brokers.heartbeat == null
                ? null
                : (Long) world.brokers.heartbeat.logs.get(0).end();
        if (fails && dials.chance(0.1) && !listed.isEmpty()) {
            ends.remove(listed.get(dials.random.nextInt(listed.size())));
            complete = false;
        }
        long readAt = world.now;
        pass(200 * Dials.MS);
        Truth truth = Truth.of(world);
        Map<PartitionId, Long> committed = new HashMap<>(world.sink.committed);
        boolean told = listed.containsAll(assigned);
        List<PartitionOffsets> partitions = told ? partitions(ends, stable, committed) : null;
        committedBefore = committed;
        complete &= told && partitions.stream().allMatch(PartitionOffsets::committedRead);
        complete &= slot instanceof SlotObservation.Observed;
        TopicsObservation topics = new TopicsObservation(
                early ? world.now : listedAt,
                readAt,
                facts,
                ends,
                ends.size() < listed.size(),
                heartbeatEnd == null ? null : world.brokers.heartbeat.logs.get(0).id,
                heartbeatEnd);
        SinkObservation sink = new SinkObservation.Observed("Stable", false, partitions, told ? null : SILENT);
        KafkaObservation kafka =
                new KafkaObservation("c", Map.of(new Sink(PIPELINE, dials.group), sink), Map.of(PIPELINE, topics));
        Map<String, ConfiguredTopics> configured = dials.configuredTold
                ? Map.of(dials.group, new ConfiguredTopics(Set.of(), Pattern.compile("p\\..*")))
                : Map.of();
        ConnectObservation asked =
                new ConnectObservation("c", Map.of(PIPELINE, connect.facts(broken)), configured, Map.of(), 0);
        return new Seen(at, slot, connect.facts(broken), asked, kafka, partitions, complete, truth);
    }

    private SlotObservation slot() {
        if (fails && dials.chance(0.05)) {
            return new SlotObservation.Unobserved(SILENT);
        }
        Database database = world.database;
        ServerFacts server =
                new ServerFacts(new Lsn(database.flush), new Lsn(database.insert), database.clock(), 7, 1, false, null);
        Debezium debezium = world.debezium;
        Integer pid = debezium.pid;
        boolean shown = pid != null && dials.showsSent;
        return new SlotObservation.Observed(
                server,
                new SlotFacts(
                        new Lsn(broken == Break.NO_FRONTIER ? database.flush : world.producer.confirmed),
                        new Lsn(1),
                        shown ? new Lsn(debezium.sent) : null,
                        shown ? new Lsn(debezium.write) : null,
                        broken == Break.HEADS_OF_ANOTHER_WALSENDER && debezium.snapshotOver() ? (Integer) 1 : pid,
                        "reserved",
                        null,
                        null));
    }

    private void list() {
        if (listedAt != Long.MIN_VALUE && world.now - listedAt < listingBeat) {
            return;
        }
        boolean fromTheBeginning = listedAt == Long.MIN_VALUE;
        listedAt = world.now;
        List<PartitionId> ids = new ArrayList<>();
        Map<String, TopicFacts> told = new TreeMap<>();
        world.brokers.topics.forEach((name, topic) -> {
            told.put(name, new TopicFacts(topic.id, dials.compacted, true, null));
            topic.logs.forEach(log -> ids.add(log.id));
            seenSince.putIfAbsent(topic.id, fromTheBeginning ? listedAt - JUST_FOUND : listedAt);
        });
        listed = ids;
        facts = told;
    }

    private void slow() {
        if (world.now - slowAt >= slowBeat
                || slowAt == Long.MIN_VALUE
                || !beginnings.keySet().containsAll(listed)) {
            slowAt = world.now;
            Map<PartitionId, Long> starts = new HashMap<>();
            world.brokers.logs().forEach(log -> starts.put(log.id, log.start));
            beginnings = starts;
            assigned = world.sink.assigned();
        }
    }

    private void ends(Map<PartitionId, Long> ends, Map<PartitionId, Long> stable) {
        for (PartitionId id : listed) {
            if (dials.chance(0.2)) {
                pass(60 * Dials.MS); // another leader answers later
            }
            Log log = world.brokers.topics.get(id.topic()).logs.get(id.partition());
            stable.put(id, log.stable());
            ends.put(id, broken == Break.STABLE_END ? log.stable() : log.end());
        }
    }

    private List<PartitionOffsets> partitions(
            Map<PartitionId, Long> ends, Map<PartitionId, Long> stable, Map<PartitionId, Long> committed) {
        Set<String> consumed = new HashSet<>();
        committed.keySet().forEach(id -> consumed.add(id.topic()));
        assigned.forEach(id -> consumed.add(id.topic()));
        List<PartitionOffsets> partitions = new ArrayList<>();
        for (PartitionId id : listed) {
            boolean justFound = world.now - seenSince.get(facts.get(id.topic()).id()) < JUST_FOUND;
            boolean counts =
                    consumed.contains(id.topic()) || dials.configuredTold || (!consumed.isEmpty() && justFound);
            boolean leftOut = broken == Break.NEW_PARTITION_LEFT_OUT && !committed.containsKey(id);
            if (counts && !leftOut) {
                partitions.add(offsets(id, ends, stable, committed, !consumed.contains(id.topic())));
            }
        }
        return partitions;
    }

    private PartitionOffsets offsets(
            PartitionId id,
            Map<PartitionId, Long> ends,
            Map<PartitionId, Long> stable,
            Map<PartitionId, Long> committed,
            boolean notYetConsumed) {
        boolean read = !(fails && dials.chance(0.05));
        Long end = ends.get(id);
        Long usable = dials.readCommitted ? stable.get(id) : end;
        Long beginning = beginnings.get(id);
        Long before = committedBefore.get(id);
        return new PartitionOffsets(
                id.topic(),
                id.partition(),
                beginning != null && usable != null && beginning > usable ? null : beginning,
                read ? committed.get(id) : null,
                read,
                usable,
                end,
                before != null && end != null && before > end,
                notYetConsumed && !dials.configuredTold);
    }
}
