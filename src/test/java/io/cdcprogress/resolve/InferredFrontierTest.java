package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.ChangePosition;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;
import io.cdcprogress.model.TopicFacts;
import io.cdcprogress.model.TopicsObservation;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An observation every two seconds unless a test says otherwise, and a settle time of five. */
class InferredFrontierTest {
    private static final long SECOND = 1_000_000_000L;
    private static final PartitionId BEATS = new PartitionId("__debezium-heartbeat.p", 0);

    private final InferredFrontier frontier = new InferredFrontier(5 * SECOND);
    private long now = 100 * SECOND;
    private Integer pid = 7;
    private boolean inSync = true;
    private boolean unread;
    private long interval = 2 * SECOND;
    private Long heartbeatEnd;
    private Boolean heartbeatsOn;
    private Long transitMs;
    private SourceConnectorFacts source = SourceConnectorFacts.NOT_ASKED;
    private final Map<PartitionId, Long> ends = new HashMap<>();

    /** @param received what the walsender has sent and its client reported */
    private Lsn observe(Long received, Long lastBound) {
        now += interval;
        Lsn lsn = received == null ? null : new Lsn(received);
        SlotFacts slot = new SlotFacts(new Lsn(1), new Lsn(1), lsn, lsn, pid, "reserved", null, null);
        TopicsObservation topics = new TopicsObservation(
                now,
                now,
                Map.of("t", new TopicFacts("a", false, inSync, null)),
                ends,
                unread,
                heartbeatEnd == null ? null : BEATS,
                heartbeatEnd);
        Movement movement = frontier.begin(now, slot, topics);
        if (movement == null) {
            return null;
        }
        for (Point point : frontier.heads().toRead("p")) {
            ChangePosition position =
                    new ChangePosition(new Lsn(lastBound), Instant.EPOCH.plusNanos(now), ChangePosition.Kind.STREAMED);
            frontier.heads().take(point, new ReadResult.Found(point.end() - 1, position, null, null, false));
        }
        Heartbeat heartbeat = transitMs == null ? null : new Heartbeat(now / 1_000_000 - transitMs, transitMs);
        return frontier.at(now, movement, slot, topics, source, heartbeat);
    }

    private void moves(int partition) {
        ends.merge(new PartitionId("t", partition), 1L, Long::sum);
    }

    private void running(long askedAt, boolean running) {
        source = new SourceConnectorFacts(
                true,
                true,
                null,
                0,
                new ConnectorFacts("c", running ? State.RUNNING : State.PAUSED, null),
                askedAt,
                heartbeatsOn,
                true,
                null,
                null);
    }

    @Test
    void flowingIsTheLastRecordOfAnObservationThatIsOldEnough() {
        moves(0);
        observe(100L, 10L);
        Lsn inferred = null;
        for (long bound = 20; bound <= 60; bound += 10) {
            moves(0);
            inferred = observe(100L, bound);
            assertThat(inferred == null).as("at bound %d", bound).isEqualTo(bound < 50);
        }
        assertThat(inferred).isEqualTo(new Lsn(30));
    }

    @Test
    void whatCameBeforeTheWalsenderWasSeenIsAnothers() {
        moves(0);
        observe(null, 10L);

        for (int i = 0; i < 9; i++) {
            assertThat(observe(null, 10L)).isNull();
        }
    }

    @Test
    void whatCouldNotBeSeenWhenTheWalsenderCameIsAnothersToo() {
        unread = true;
        observe(null, 10L);
        unread = false;
        moves(0); // long before

        for (int i = 0; i < 9; i++) {
            assertThat(observe(null, 10L)).isNull();
        }
    }

    @Test
    void silenceDoesNotMakeOldWhatIsOnItsWay() {
        moves(0);
        observe(100L, 10L);
        moves(0);
        observe(100L, 20L);

        for (int i = 0; i < 9; i++) {
            assertThat(observe(100L, 20L)).isNull();
        }
    }

    @Test
    void aPartitionThatLagsBehindTheOthersBounds() {
        observe(null, 0L);
        moves(0);
        observe(null, 40L);
        for (int i = 0; i < 3; i++) {
            moves(1);
            observe(null, 15L);
        }

        moves(1);
        assertThat(observe(null, 15L)).isEqualTo(new Lsn(15));
    }

    @Test
    void quietIsWhatWasReceivedOnceAHeartbeatMadeLaterHasCome() {
        heartbeatEnd = 0L;
        transitMs = 20L;
        observe(100L, 0L);
        for (int i = 0; i < 3; i++) {
            heartbeatEnd++;
            assertThat(observe(100L, 0L)).isNull();
        }

        heartbeatEnd++;
        assertThat(observe(120L, 0L)).isEqualTo(new Lsn(100));
    }

    /** The heartbeat may have been on its way to Kafka when what came after it was received, and the connector paused. */
    @Test
    void aHeartbeatAfterWhichNoOtherComesIsNoEvidence() {
        interval = 10 * SECOND;
        transitMs = 0L;
        heartbeatEnd = 0L;
        observe(100L, 0L);
        for (int i = 0; i < 2; i++) {
            heartbeatEnd++;
            observe(100L + i * 20L, 0L);
        }
        heartbeatEnd++;
        assertThat(observe(140L, 0L)).isEqualTo(new Lsn(100));
        for (int i = 0; i < 3; i++) {
            assertThat(observe(140L, 0L)).as("paused").isEqualTo(new Lsn(100));
        }

        heartbeatEnd++;
        assertThat(observe(140L, 0L)).as("the next one").isEqualTo(new Lsn(120));
    }

    @Test
    void quietIsNothingWhenHeartbeatsStopOrTakeTooLong() {
        heartbeatEnd = 0L;
        for (int i = 0; i < 9; i++) {
            assertThat(observe(100L, 0L)).as("stopped").isNull();
        }
        transitMs = 5_000L;
        for (int i = 0; i < 9; i++) {
            heartbeatEnd++;
            assertThat(observe(100L, 0L)).as("slow").isNull();
        }
    }

    @Test
    void quietIsWhatWasReceivedWhileConnectSaysRunningWhereThereAreNoHeartbeats() {
        for (int i = 0; i < 3; i++) {
            running(now + 2 * SECOND, true);
            assertThat(observe(100L, 0L)).isNull();
        }
        running(now + 2 * SECOND, true);

        assertThat(observe(120L, 0L)).isEqualTo(new Lsn(100));
    }

    @Test
    void aHeartbeatTopicIsNoMatterWhereConnectSaysThatThereAreNoHeartbeats() {
        heartbeatEnd = 7L; // left over from when there were
        heartbeatsOn = false;
        infer();
    }

    @Test
    void aHeartbeatTopicThatStandsStillHoldsBackWhereConnectDoesNotTellOrSaysThatThereAreHeartbeats() {
        heartbeatEnd = 7L;
        for (Boolean told : new Boolean[] {null, true}) {
            heartbeatsOn = told;
            for (int i = 0; i < 9; i++) {
                running(now + 2 * SECOND, true);
                assertThat(observe(100L, 0L)).as("told %s", told).isNull();
            }
        }
    }

    @Test
    void quietIsNothingWhileTheConnectorIsPausedOrNobodyIsAsked() {
        for (int i = 0; i < 9; i++) {
            running(now + 2 * SECOND, false);
            assertThat(observe(100L, 0L)).as("paused").isNull();
        }
        source = SourceConnectorFacts.NOT_ASKED;
        for (int i = 0; i < 9; i++) {
            assertThat(observe(100L, 0L)).as("not asked").isNull();
        }
    }

    @Test
    void quietIsNothingWithoutTheRightToSeeTheWalsender() {
        for (int i = 0; i < 9; i++) {
            running(now + 2 * SECOND, true);
            assertThat(observe(null, 0L)).isNull();
        }
    }

    private void infer() {
        for (int i = 0; i < 5; i++) {
            running(now + 2 * SECOND, true);
            observe(100L, 0L);
        }
        running(now + 2 * SECOND, true);
        assertThat(observe(100L, 0L)).isNotNull();
        running(now + 2 * SECOND, true);
    }

    @Test
    void endsWhenAnotherWalsenderServesTheSlot() {
        infer();
        pid = 8;

        assertThat(observe(100L, 0L)).isNull();
        running(now + 2 * SECOND, true);
        assertThat(observe(100L, 0L)).isNull();
        assertThat(frontier.pid()).isEqualTo(8);
    }

    @Test
    void endsWhenTheSlotGoesInactive() {
        infer();
        pid = null;

        assertThat(observe(null, 0L)).isNull();
        assertThat(frontier.pid()).isNull();
    }

    @Test
    void endsWhenAPartitionHasTooFewReplicasInSync() {
        infer();
        inSync = false;

        assertThat(observe(100L, 0L)).isNull();
        assertThat(frontier.pid()).isNull();
    }

    @Test
    void endsWhenALogIsTruncated() {
        ends.put(new PartitionId("t", 0), 9L);
        infer();
        ends.put(new PartitionId("t", 0), 8L);

        assertThat(observe(100L, 0L)).isNull();
    }
}
