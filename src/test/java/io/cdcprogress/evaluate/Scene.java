package io.cdcprogress.evaluate;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.OpenTransaction;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ProgressReport;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.Thresholds;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicSelector;
import io.cdcprogress.model.TopicsObservation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A pipeline as it is observed, in words: {@code key=value} sets a fact, {@code +10s} lets time pass and observes. Two
 * partitions; everything is well and consumed at the beginning. LSNs are plain numbers here.
 */
final class Scene {
    static final Instant START = Instant.parse("2026-01-01T12:00:00Z");
    private static final Pipeline PIPELINE = new Pipeline(
            "orders",
            "db:5432/shop",
            "shop",
            "orders_slot",
            new TopicSelector("shop", null, Set.of(), Set.of()),
            List.of("connect-sink"),
            false);

    private final Map<String, String> facts = new HashMap<>(Map.ofEntries(
            Map.entry("server", "1"),
            Map.entry("wal", "1000000"),
            Map.entry("sent", "1000000"),
            Map.entry("processed", "990000"),
            Map.entry("restart", "900000"),
            Map.entry("published", "1000000"),
            Map.entry("sink", "1000000"),
            Map.entry("active", "true"),
            Map.entry("walStatus", "reserved"),
            Map.entry("age", "0"),
            Map.entry("source", "RUNNING"),
            Map.entry("sinkConnector", "RUNNING"),
            Map.entry("group", "Stable"),
            Map.entry("end0", "100"),
            Map.entry("end1", "100"),
            Map.entry("committed0", "100"),
            Map.entry("committed1", "100"),
            Map.entry("start0", "0"),
            Map.entry("start1", "0"),
            Map.entry("topicId", "a"),
            Map.entry("listed", "0"),
            Map.entry("confirmsStored", "true"),
            Map.entry("stall", "180"),
            Map.entry("flush", "60"),
            Map.entry("horizon", "3600"),
            Map.entry("behindBytes", "0"),
            Map.entry("positions", "true")));

    private final List<ProgressReport> reports = new ArrayList<>();
    private Instant now = START;
    private History history = History.NONE;

    /** What was found at each observation, all that held, with {@code +} between. */
    List<String> play(String script) {
        List<String> found = new ArrayList<>();
        for (String word : script.trim().split("\\s+", -1)) {
            if (word.startsWith("+")) {
                found.add(observe(Duration.ofSeconds(Long.parseLong(word.substring(1, word.length() - 1)))));
            } else if (word.equals("restart!")) {
                history = History.resumed(history.windows().running());
            } else {
                String[] fact = word.split("=", 2);
                facts.put(fact[0], fact[1]);
            }
        }
        return found;
    }

    ProgressReport last() {
        return reports.get(reports.size() - 1);
    }

    private String observe(Duration later) {
        now = now.plus(later);
        Judged judged = ProgressEvaluator.evaluate(situation(), history);
        history = judged.history();
        reports.add(judged.report());
        return String.join(
                "+",
                judged.report().verdict().findings().stream().map(Finding::name).toList());
    }

    private String fact(String key) {
        String value = facts.get(key);
        return value == null || value.equals("?") ? null : value;
    }

    private Long number(String key) {
        return fact(key) == null ? null : Long.valueOf(fact(key));
    }

    private Lsn lsn(String key) {
        return fact(key) == null ? null : new Lsn(number(key));
    }

    private Situation situation() {
        return new Situation(
                PIPELINE,
                "connect-sink",
                now,
                slot(),
                source(),
                topics(),
                sink(),
                fact("sinkConnector") == null ? null : connector("sinkConnector", "sink"),
                number("listed") == null ? null : now.minusSeconds(number("listed")),
                number("storedAge") == null ? null : now.minusSeconds(number("storedAge")),
                position(),
                "cluster",
                thresholds());
    }

    private Thresholds thresholds() {
        Duration flush = Duration.ofSeconds(number("flush"));
        return new Thresholds(
                Duration.ofSeconds(number("stall")),
                flush,
                flush.multipliedBy(2),
                number("behindBytes"),
                Duration.ofSeconds(number("horizon")),
                Duration.ofSeconds(number("horizon")),
                Boolean.parseBoolean(fact("positions")));
    }

    private SlotObservation slot() {
        if (fact("server") == null) {
            return new SlotObservation.Unobserved(new Failure(Finding.SOURCE_UNREACHABLE, "the server is down"));
        }
        OpenTransaction open = number("transaction") == null
                ? null
                : new OpenTransaction(4711, now.minusSeconds(number("transaction")));
        ServerFacts server = new ServerFacts(lsn("wal"), lsn("wal"), now, 1, 1, false, open);
        if ("missing".equals(fact("slot"))) {
            return new SlotObservation.Missing(server, "there is no replication slot orders_slot");
        }
        boolean active = Boolean.parseBoolean(fact("active"));
        return new SlotObservation.Observed(
                server,
                new SlotFacts(
                        lsn("processed"),
                        lsn("restart"),
                        active ? lsn("sent") : null,
                        active ? lsn("sent") : null,
                        active ? 42 : null,
                        fact("walStatus"),
                        number("safe"),
                        fact("invalidation")));
    }

    private ConnectorFacts connector(String key, String name) {
        return new ConnectorFacts(name, ConnectorFacts.State.valueOf(fact(key)), fact("trace"));
    }

    private SourceConnectorFacts source() {
        return new SourceConnectorFacts(
                fact("source") != null,
                fact("stored") != null,
                lsn("stored"),
                0,
                fact("source") == null ? null : connector("source", "orders"),
                0,
                fact("heartbeats") == null ? null : Boolean.valueOf(fact("heartbeats")),
                Boolean.valueOf(fact("confirmsStored")),
                null,
                null);
    }

    private TopicsObservation topics() {
        if (fact("end0") == null) {
            return null;
        }
        return new TopicsObservation(
                0,
                0,
                Map.of(
                        "shop.t",
                        new TopicFacts(
                                fact("topicId"),
                                false,
                                true,
                                number("retention") == null ? null : Duration.ofSeconds(number("retention")))),
                Map.of(id(0), number("end0"), id(1), number("end1")),
                false,
                fact("beat") == null ? null : new PartitionId("__debezium-heartbeat.shop", 0),
                number("beat"));
    }

    private static PartitionId id(int partition) {
        return new PartitionId("shop.t", partition);
    }

    private SinkObservation sink() {
        if (fact("end0") == null) {
            return new SinkObservation.Unobserved(new Failure(Finding.KAFKA_UNREACHABLE, "the brokers are down"));
        }
        boolean missing = "missing".equals(fact("group"));
        return new SinkObservation.Observed(
                missing ? null : fact("group"), missing, List.of(offsets(0), offsets(1)), null);
    }

    private PartitionOffsets offsets(int partition) {
        Long end = number("end" + partition);
        Long committed = number("committed" + partition);
        return new PartitionOffsets(
                "shop.t",
                partition,
                number("start" + partition),
                committed,
                !"unread".equals(fact("commits")),
                end,
                end,
                "true".equals(fact("recreated" + partition)),
                "true".equals(fact("justFound")));
    }

    private SinkPosition position() {
        if (fact("why") != null || lsn("sink") == null || fact("server") == null) {
            Finding why = fact("why") == null ? Finding.POSITION_UNKNOWN : Finding.valueOf(fact("why"));
            return SinkPosition.unknown(new Failure(why, "it can't be told"), heads(), PositionMemory.NONE);
        }
        return new SinkPosition(
                lsn("published"),
                lsn("sink"),
                SinkPosition.Grade.PROVEN,
                lsn("sink"),
                null,
                null,
                number("age") == null ? null : (Long) (number("age") * 1000),
                SinkPosition.AgeGrade.AT_MOST,
                heads(),
                null,
                null,
                fact("changed") == null ? null : new Failure(Finding.valueOf(fact("changed")), "another one"),
                PositionMemory.NONE);
    }

    /** The first unconsumed record of a partition is so many seconds old. */
    private Map<PartitionId, PartitionPosition> heads() {
        Map<PartitionId, PartitionPosition> heads = new HashMap<>();
        for (int partition = 0; partition < 2; partition++) {
            Long age = number("head" + partition);
            if (age != null) {
                heads.put(
                        id(partition),
                        new PartitionPosition(
                                PartitionPosition.State.LAGGING,
                                lsn("sink"),
                                now.minusSeconds(age),
                                true,
                                number("committed" + partition),
                                now.minusSeconds(number("arrived") == null ? age : number("arrived")),
                                null));
            }
        }
        return heads;
    }
}
