package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The judgement: what is observed, in the words of {@link Scene}; what is found at each observation; and why. Every finding
 * is entered, held and left.
 */
class DecisionTableTest {
    private static final String TABLE = """
            # the slot
            1 | +0s slot=missing +10s +10s slot=there +10s | NONE SLOT_MISSING SLOT_MISSING NONE | one answer is enough
            2 | server=? +0s server=1 +10s | SOURCE_UNREACHABLE NONE | no answer is no missing slot
            3 | +0s walStatus=lost restart=? +10s | NONE SLOT_LOST | by status
            4 | +0s invalidation=idle_timeout +10s | NONE SLOT_LOST | by reason
            5 | +0s active=false +10s +29s +1s active=true +1s | NONE NONE NONE SLOT_INACTIVE NONE | 30 s, not at a restart of Debezium
            6 | stall=5 +0s active=false +5s +5s +1s | NONE NONE SLOT_INACTIVE SLOT_INACTIVE | stall.after.ms where that is shorter, and two observations
            7 | active=false stall=5 +60s | NONE | one observation is never enough, whatever time has passed
            8 | +0s active=false +10s server=? +30s server=1 +10s | NONE NONE SOURCE_UNREACHABLE SLOT_INACTIVE | what was not observed ends nothing
            9 | +0s active=false +40s active=true +10s active=false +10s | NONE NONE NONE NONE | it begins anew
            10 | +0s active=false source=FAILED +10s +40s | NONE SOURCE_FAILED SOURCE_FAILED+SLOT_INACTIVE | the cause comes first
            11 | +0s walStatus=unreserved safe=-1 +10s walStatus=reserved safe=99999999 +10s | NONE WAL_LIMIT_NEAR NONE | as soon as it is told
            12 | active=false safe=3600000 +0s wal=1100000 safe=3500000 +10s +1s | NONE WAL_LIMIT_NEAR WAL_LIMIT_NEAR | 10 kB/s, and 350 s left
            13 | safe=360000000 active=false +0s wal=1100000 safe=359900000 +10s | NONE NONE | ten hours are enough
            14 | active=false wal=1000000 +0s wal=1100000 +10s | NONE NONE | unlimited retention is no limit
            15 | safe=3600000 +0s wal=1100000 restart=1000000 +10s wal=1200000 restart=1100000 +10s wal=1300000 restart=1200000 +10s | NONE NONE NONE NONE | a slot that follows is not lost
            16 | stall=20 +0s transaction=10 wal=1100000 processed=1000000 +10s transaction=20 wal=1200000 processed=1100000 +10s transaction=? +1s | NONE NONE LONG_TRANSACTION NONE | open for stall.after.ms, restart_lsn stands, the slot moves
            17 | stall=20 +0s wal=1100000 processed=1000000 +60s wal=1200000 processed=1100000 +60s wal=1300000 processed=1200000 +60s | NONE NONE NONE NONE | no transaction is open: restart_lsn just takes its time
            18 | stall=20 flush=100 +0s transaction=20 wal=1100000 sent=1100000 +10s transaction=30 wal=1200000 sent=1200000 +10s | NONE NONE NONE | nothing is confirmed, so it is not the transaction
            19 | stall=20 +0s transaction=20 wal=1100000 processed=1000000 restart=950000 +10s wal=1200000 processed=1100000 restart=1000000 +10s | NONE NONE NONE | restart_lsn moves: it is not in the way
            20 | sent=? stall=20 +0s wal=1100000 processed=1000000 +10s wal=1200000 processed=1100000 +60s wal=1300000 processed=1200000 +60s | NONE NONE NONE LONG_TRANSACTION | without the right to see transactions, two minutes
            21 | stored=980000 +0s storedAge=20 +10s storedAge=5 +10s stored=995000 +10s | NONE NONE SLOT_RECREATED NONE | ahead of what was stored afterwards
            22 | stored=980000 confirmsStored=false +0s storedAge=5 +10s | NONE NONE | in connector_and_driver mode that is as it should be
            23 | changed=SLOT_RECREATED +0s changed=? +10s | SLOT_RECREATED NONE | it was seen missing
            24 | changed=FAILOVER +0s changed=DATABASE_REPLACED +10s changed=TOPIC_RECREATED +10s changed=? +1s | FAILOVER DATABASE_REPLACED TOPIC_RECREATED NONE | positions begin anew

            25 | sink=? active=false end0=101 committed0=101 +0s +20s end0=102 committed0=102 +20s end0=103 committed0=103 +20s +20s +20s | POSITION_UNKNOWN POSITION_UNKNOWN SNAPSHOTTING SNAPSHOTTING SNAPSHOTTING SLOT_INACTIVE | nobody is on the slot while records come: a snapshot, until they cease
            26 | sink=? source=? active=false end0=101 committed0=101 +0s +20s end0=102 committed0=102 +20s +40s | POSITION_UNKNOWN POSITION_UNKNOWN SNAPSHOTTING SLOT_INACTIVE | likewise without Connect

            # the source connector
            30 | +0s source=FAILED trace=denied +10s source=RESTARTING +10s | NONE SOURCE_FAILED NONE | as long as Connect says so
            31 | +0s source=PAUSED +10s source=RUNNING +10s | NONE SOURCE_STALLED NONE | at once, by Connect's word
            32 | +0s source=STOPPED +10s | NONE SOURCE_STALLED | likewise
            33 | +0s source=PAUSED listed=5 end0=101 committed0=101 +10s listed=0 +10s | NONE NONE SOURCE_STALLED | records that came after Connect was asked refute it
            34 | beat=1 wal=1100000 sent=1100000 +0s beat=2 +10s +170s +10s beat=3 +10s | NONE NONE NONE SOURCE_STALLED NONE | sent and not published, no records, no heartbeat
            35 | beat=1 wal=1100000 sent=1100000 +0s beat=2 +100s beat=3 +100s beat=4 +100s | NONE NONE NONE NONE | heartbeats come: it publishes
            36 | beat=1 heartbeats=false source=RUNNING wal=1100000 sent=1100000 +0s +100s +100s | NONE NONE NONE | a topic that is left over tells nothing; Connect does
            37 | source=UNASSIGNED wal=1100000 sent=1100000 +0s +100s +100s | NONE NONE SOURCE_STALLED | no heartbeats, and Connect does not say RUNNING
            38 | source=? wal=1100000 sent=1100000 +0s +100s +100s +9999s | NONE NONE NONE NONE | no evidence can be had: idleness never pages
            39 | beat=1 wal=1100000 sent=1100000 +0s beat=2 +300s +300s +299s +301s | NONE NONE NONE NONE SOURCE_STALLED | heartbeats are rarer than stall.after.ms here
            40 | beat=1 +0s beat=2 +10s +200s | NONE NONE NONE | nothing is sent beyond what is published
            41 | flush=10 stall=30 +0s wal=1500000 sent=1500000 +10s wal=2000000 sent=2000000 +10s wal=2500000 sent=2500000 +10s end0=101 committed0=101 processed=2500000 published=2500000 sink=2500000 +10s | NONE NONE NONE IDLE_WITHOUT_HEARTBEAT NONE | all is sent, nothing comes of it, and the server writes
            42 | flush=10 stall=30 +0s wal=1001000 sent=1001000 +10s wal=1002000 sent=1002000 +10s wal=1003000 sent=1003000 +20s | NONE NONE NONE NONE | a server that tidies up
            43 | flush=10 stall=30 +0s wal=2500000 sent=2500000 +10s +10s +10s +70s | NONE NONE NONE IDLE_WITHOUT_HEARTBEAT NONE | a burst ends
            49 | flush=10 stall=30 +0s wal=1500000 sent=1500000 +10s +10s +10s +70s | NONE NONE NONE NONE NONE | a burst of vacuum, as a server has that does nothing else
            47 | flush=10 stall=30 +0s +600s wal=1100000 sent=1100000 +30s | NONE NONE NONE | one burst after a long rest is no busy server
            45 | beat=1 flush=10 stall=30 +0s beat=2 wal=1500000 sent=1500000 +10s beat=3 wal=2000000 sent=2000000 +10s beat=4 wal=2500000 sent=2500000 +10s beat=5 wal=3000000 sent=3000000 +10s | NONE NONE NONE IDLE_WITHOUT_HEARTBEAT IDLE_WITHOUT_HEARTBEAT | heartbeats without a query move no slot
            46 | beat=1 flush=10 stall=30 +0s beat=2 end0=101 committed0=101 wal=1500000 sent=1500000 +10s wal=2000000 sent=2000000 +10s wal=2500000 sent=2500000 +10s wal=3000000 sent=3000000 +9s +1s | NONE NONE NONE NONE NONE SOURCE_STALLED | heartbeats that ceased with the records are no idleness
            44 | flush=10 stall=30 +0s wal=9000000 +10s wal=18000000 +10s wal=27000000 age=50 +10s | NONE NONE NONE CAPTURE_BEHIND | what is not even sent is not idle

            # the sink
            50 | +0s sinkConnector=FAILED trace=poison +10s sinkConnector=RUNNING +10s | NONE SINK_FAILED NONE | as long as Connect says so
            51 | +0s group=missing +10s group=Stable +10s | NONE SINK_GROUP_MISSING NONE | at once
            52 | +0s end0=110 group=Empty sinkConnector=MISSING +10s sinkConnector=RUNNING group=Stable +1s | NONE SINK_GROUP_EMPTY NONE | at once when the connector is gone
            53 | +0s end0=110 group=Empty sinkConnector=STOPPED +10s end0=100 +1s | NONE SINK_GROUP_EMPTY NONE | data must wait
            54 | +0s end0=110 group=Empty sinkConnector=? +10s +179s +1s committed0=105 +1s | NONE NONE NONE SINK_GROUP_EMPTY NONE | stall.after.ms without a commit
            55 | group=Empty +0s end0=110 +10s committed0=105 end0=120 +100s committed0=110 end0=130 +100s committed0=120 +100s | NONE NONE NONE NONE NONE | a group that only commits never has members
            56 | +0s group=Empty +10s +9999s | NONE NONE NONE | nothing waits: idleness never pages
            57 | +0s end0=110 sinkConnector=PAUSED +10s sinkConnector=RUNNING committed0=110 +10s | NONE SINK_STALLED NONE | at once, by Connect's word
            58 | +0s sinkConnector=PAUSED +10s +999s | NONE NONE NONE | paused, and nothing waits
            59 | +0s end0=110 sinkConnector=PAUSED +10s committed0=105 listed=5 +10s | NONE SINK_STALLED NONE | a commit after Connect was asked refutes it
            60 | +0s end0=110 +10s +179s +1s committed0=105 +1s +1s | NONE NONE NONE SINK_STALLED NONE NONE | stall.after.ms without a commit
            61 | +0s end0=110 end1=110 +10s committed1=105 end1=120 +100s committed1=110 end1=130 +80s | NONE NONE NONE SINK_STALLED | one partition stands while the other moves
            62 | +0s +9999s end0=110 +10s +100s committed0=110 +10s | NONE NONE NONE NONE NONE | idle for long, and then a commit in time
            63 | +0s end0=110 +10s commits=unread +190s commits=read +10s | NONE NONE POSITION_UNKNOWN SINK_STALLED | what was not read has not moved
            64 | +0s end0=110 +10s +100s restart! +90s | NONE NONE NONE SINK_STALLED | a restart forgets nothing
            65 | +0s end0=110 +10s +100s restart! committed0=105 +90s | NONE NONE NONE NONE | it has moved meanwhile
            66 | +0s committed0=40 +10s committed0=90 +10s committed0=100 +10s | NONE SINK_REWOUND SINK_REWOUND NONE | until it has come to where it was
            67 | +0s committed0=? end0=100 +10s | NONE SINK_REWOUND | its offset was deleted
            68 | +0s topicId=b committed0=5 end0=5 +10s | NONE NONE | another topic: it did not go back on this one
            69 | +0s start0=150 end0=200 +10s committed0=150 +10s | NONE DATA_LOSS NONE | below the log start
            70 | +0s end0=90 recreated0=true +10s | NONE TOPIC_RECREATED | beyond the end
            71 | retention=600 end0=200 head0=100 age=100 +0s head0=190 age=100 +90s head0=250 age=100 +60s | NONE RETENTION_NEAR RETENTION_NEAR | grows older as time passes: 510 s are left
            72 | retention=600 end0=200 head0=100 age=100 +0s committed0=110 head0=100 +90s committed0=120 head0=100 +60s | NONE NONE NONE | it keeps its distance
            73 | retention=6000000 end0=200 head0=100 age=100 +0s head0=190 age=100 +90s | NONE NONE | two months are enough
            74 | end0=200 head0=100 age=100 +0s head0=190 age=100 +90s | NONE NONE | nothing is deleted by age
            75 | horizon=600 end0=900 start0=10 +0s start0=40 +30s start0=70 +30s committed0=101 start0=90 +20s committed0=900 +1s | NONE NONE RETENTION_NEAR RETENTION_NEAR NONE | the log start comes nearer from jump to jump
            76 | horizon=600 end0=900 start0=10 +0s start0=90 +60s +10s | NONE NONE NONE | one jump is no pace
            77 | horizon=420 retention=600 end0=200 head0=100 age=60 +0s committed0=150 head0=130 age=95 +60s head0=250 age=215 +120s | NONE NONE RETENTION_NEAR | a sink that stands is not reckoned by what it did before

            # positions and lag
            80 | why=SNAPSHOTTING +0s why=? +10s | SNAPSHOTTING NONE | until it is consumed
            81 | why=POSITION_UNKNOWN +0s why=NOT_AUTHORIZED +10s why=CLUSTER_MISMATCH +10s | POSITION_UNKNOWN NOT_AUTHORIZED CLUSTER_MISMATCH | what keeps it from being told
            82 | end0=? sink=? +0s | KAFKA_UNREACHABLE | the other half is published, and nothing is OK
            83 | sink=500000 age=121 end0=110 +0s age=120 +10s sink=1000000 age=0 committed0=110 +10s | SINK_BEHIND NONE NONE | above twice the flush interval
            84 | published=500000 sink=500000 age=121 end0=110 +0s | CAPTURE_BEHIND | the larger half is to blame
            85 | sink=500000 age=? end0=110 +0s | SINK_BEHIND | an unknown age is never good
            86 | behindBytes=1000000 sink=500000 age=999 end0=110 +0s sink=0 +10s | NONE SINK_BEHIND | the floor in bytes
            87 | published=990000 sink=990000 age=10 +0s age=9999 +100s | NONE NONE | idle without heartbeats: all is consumed and sent, and it is little
            88 | published=990000 sink=990000 age=10 +0s age=9999 active=false +10s | NONE CAPTURE_BEHIND | nobody reads the slot
            89 | commits=unread +0s | POSITION_UNKNOWN | the number of records is not known
            90 | positions=false why=POSITION_UNKNOWN +0s end0=110 +10s +121s committed0=110 +10s | NONE NONE SINK_BEHIND NONE | the offsets alone
            91 | positions=false why=POSITION_UNKNOWN sent=? +0s wal=2000000 +121s processed=1500000 +10s | NONE CAPTURE_BEHIND NONE | the slot alone
            92 | positions=false server=? +0s | SOURCE_UNREACHABLE | half of it is not known
            93 | positions=false commits=unread +0s | POSITION_UNKNOWN | the other half is not

            # what a reviewer found
            100 | processed=970000 +0s processed=980000 +10s active=false +10s wal=1500000 +300s active=true sent=1100000 transaction=200 +100s | NONE NONE NONE SLOT_INACTIVE NONE | a transaction that began long after restart_lsn stood is innocent
            101 | beat=7 source=? wal=1100000 sent=1100000 +0s +100s +100s | NONE NONE NONE | a heartbeat topic that was never seen to beat is no evidence
            102 | beat=7 source=? wal=1100000 sent=1100000 +0s beat=8 +170s +100s restart! +50s +60s | NONE NONE NONE NONE NONE | the pace of the heartbeats is kept over a restart
            103 | wal=1100000 sent=1100000 +0s +100s +100s source=UNASSIGNED +10s +179s +1s | NONE NONE NONE NONE NONE SOURCE_STALLED | a rebalance of Connect is no stall
            104 | source=UNASSIGNED wal=1200000 sent=1200000 published=1010000 +0s published=1020000 +100s published=1030000 +100s | NONE NONE NONE | a frontier that moves is no standstill
            105 | positions=false why=POSITION_UNKNOWN end0=101 committed0=100 +0s +100s +100s | NONE NONE NONE | a transaction marker waits for nobody
            106 | stall=60 end0=110 end1=110 +0s +61s committed0=110 +1s +1s | NONE SINK_STALLED SINK_STALLED SINK_STALLED | another partition has stood as long
            107 | active=false +0s restart! +36000s +29s +1s | NONE NONE NONE SLOT_INACTIVE | what happened in between was not seen
            108 | stall=30 active=false +0s +10s restart! +-3600s +19s +1s | NONE NONE NONE NONE SLOT_INACTIVE | the next worker's clock is an hour behind
            109 | end0=110 +0s +100s restart! +36000s | NONE NONE SINK_STALLED | no commit in ten hours is none
            110 | source=UNASSIGNED wal=1100000 sent=1100000 +0s +100s +100s server=? +1s server=1 +1s | NONE NONE SOURCE_STALLED SOURCE_UNREACHABLE SOURCE_STALLED | a missed answer refutes nothing
            111 | positions=false why=POSITION_UNKNOWN beat=1 +0s beat=2 +10s +170s +10s | NONE NONE NONE SOURCE_STALLED | without positions, by what is stored or confirmed
            112 | committed1=? start1=5 end0=200 +0s +181s | POSITION_UNKNOWN SINK_STALLED+POSITION_UNKNOWN | one partition that can't be told silences no other
            113 | stored=980000 active=false stall=20 +0s end0=110 committed0=110 +10s end0=120 committed0=120 +15s | NONE NONE SLOT_INACTIVE | it has streamed: somebody else writes below the prefix
            117 | source=? active=false stall=20 +0s end0=110 committed0=110 +25s end0=120 committed0=120 +15s end0=130 committed0=130 +600s | NONE SNAPSHOTTING SNAPSHOTTING SLOT_INACTIVE | for ten minutes it may be another snapshot
            114 | flush=10 published=900000 sink=900000 age=9999 wal=9000000 sent=9000000 +0s +30s +30s | CAPTURE_BEHIND NONE NONE | idle, whatever the server has written for itself
            116 | retention=600 end0=200 head0=90000 arrived=100 age=100 +0s arrived=190 +90s | NONE RETENTION_NEAR | two days old in PostgreSQL, but minutes in Kafka: 410 s are left
            118 | +0s end0=110 +10s +190s commits=unread +10s commits=read +10s | NONE NONE SINK_STALLED POSITION_UNKNOWN SINK_STALLED | nothing is said of what was not read now
            119 | +0s group=Empty end0=110 +10s +190s commits=unread sinkConnector=STOPPED +10s | NONE NONE SINK_GROUP_EMPTY POSITION_UNKNOWN | likewise
            115 | justFound=true end0=110 committed0=? +0s +300s | NONE NONE | what the sink may not want does not stall it
            """;

    static Stream<List<String>> rows() {
        return TABLE.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(line -> Stream.of(line.split(" \\| ")).map(String::trim).toList());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void finds(List<String> row) {
        assertThat(String.join(" ", new Scene().play(row.get(1))))
                .as(row.get(0) + ": " + row.get(3))
                .isEqualTo(row.get(2));
    }
}
