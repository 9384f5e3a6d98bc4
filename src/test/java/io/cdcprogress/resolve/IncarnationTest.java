package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PositionMemory;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.TopicFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is stored with a position, and what a restart finds. */
class IncarnationTest {
    private static final SlotFacts SLOT = new SlotFacts(new Lsn(1), new Lsn(1), null, null, 7, "reserved", null, null);

    private static Incarnation of(String slot, long system, int timeline) {
        Incarnation incarnation = new Incarnation(slot, List.of());
        incarnation.note(new SlotObservation.Missing(
                new ServerFacts(new Lsn(9), new Lsn(9), Instant.EPOCH, system, timeline, false, null), "no such slot"));
        return incarnation;
    }

    private static Map<String, TopicFacts> topics(String... namesAndIds) {
        Map<String, TopicFacts> topics = new HashMap<>();
        for (int i = 0; i < namesAndIds.length; i += 2) {
            topics.put(namesAndIds[i], new TopicFacts(namesAndIds[i + 1], false, true, null));
        }
        return topics;
    }

    private static Map<String, TopicFacts> many(int number) {
        Map<String, TopicFacts> topics = new HashMap<>();
        for (int i = 0; i < number; i++) {
            String id = UUID.nameUUIDFromBytes(new byte[] {(byte) i, (byte) (i >> 8)})
                    .toString();
            topics.put("inventory.public.table_" + i, new TopicFacts(id, false, true, null));
        }
        return topics;
    }

    private final Incarnation incarnation = of("s", 7, 1);

    private boolean goesOn(Map<String, TopicFacts> before, Map<String, TopicFacts> now) {
        return incarnation.goesOnFrom(incarnation.text(before), now, now);
    }

    @Test
    void topicsThatCameSinceAreNoMatterOfWhatWasProvenBefore() {
        assertThat(goesOn(topics("t", "a"), topics("t", "a"))).isTrue();
        assertThat(goesOn(topics("t", "a"), topics("t", "a", "u", "b", "v", "c")))
                .isTrue();
        assertThat(goesOn(many(150), many(151))).isTrue();
    }

    @Test
    void aTopicThatTheSinkNoLongerConsumesIsThereYet() {
        Map<String, TopicFacts> both = topics("t", "a", "u", "b");

        assertThat(incarnation.goesOnFrom(incarnation.text(both), topics("t", "a"), both))
                .isTrue();
    }

    @Test
    void aTopicThatIsGoneOrIsAnotherOneMakesAnother() {
        assertThat(goesOn(topics("t", "a", "u", "b"), topics("t", "a"))).isFalse();
        assertThat(goesOn(topics("t", "a", "u", "b"), topics("t", "a", "u", "c")))
                .isFalse();
        assertThat(goesOn(topics("t", "a", "u", "b"), topics("t", "b", "u", "a")))
                .isFalse();
        Map<String, TopicFacts> oneLess = many(150);
        oneLess.remove("inventory.public.table_77");
        assertThat(goesOn(many(150), oneLess)).isFalse();
    }

    @Test
    void ofVeryManyTopicsAnyChangeMakesAnother() {
        assertThat(goesOn(many(151), many(151))).isTrue();
        assertThat(goesOn(many(151), many(152))).isFalse();
        assertThat(incarnation.goesOnFrom(incarnation.text(many(151)), many(151), many(160)))
                .as("others that the sink does not consume")
                .isTrue();
    }

    @Test
    void anotherServerTimelineOrSlotIsAnother() {
        String stored = incarnation.text(topics("t", "a"));

        for (Incarnation other :
                new Incarnation[] {of("s", 8, 1), of("s", 7, 2), of("s2", 7, 1), new Incarnation("s", List.of())}) {
            assertThat(other.goesOnFrom(stored, topics("t", "a"), topics("t", "a")))
                    .isFalse();
        }
        assertThat(incarnation.goesOnFrom(null, topics("t", "a"), topics("t", "a")))
                .isFalse();
    }

    @Test
    void staysBelowAKilobyteHoweverManyTopicsThereAre() {
        for (int number : new int[] {1, 150, 151, 5_000}) {
            assertThat(incarnation.text(many(number)).length())
                    .as("%d topics", number)
                    .isLessThan(1_000);
        }
    }

    private static Failure afterRestart(String stored, long proven, long system, int timeline, long wal) {
        PositionMemory memory = new PositionMemory(stored, new Lsn(proven), null, null, List.of());
        return new Incarnation("s", List.of(PositionMemory.NONE, memory))
                .note(new SlotObservation.Observed(server(system, timeline, wal).serverFacts(), SLOT));
    }

    private static SlotObservation server(long system, int timeline, long wal) {
        return new SlotObservation.Missing(
                new ServerFacts(new Lsn(wal), new Lsn(wal), Instant.EPOCH, system, timeline, false, null),
                "no such slot");
    }

    @Test
    void aRestartFindsWhatHasChangedMeanwhile() {
        assertThat(afterRestart("-7/1/s/abc", 50, -7, 1, 60)).isNull();
        assertThat(afterRestart("7/1/s/abc", 50, 8, 1, 60).finding()).isEqualTo(Finding.DATABASE_REPLACED);
        assertThat(afterRestart("7/1/s/abc", 50, 7, 2, 60).finding()).isEqualTo(Finding.FAILOVER);
        assertThat(afterRestart("7/1/s/abc", 50, 7, 1, 40).detail()).contains("went back from 0/32 to 0/28");
        assertThat(afterRestart("nonsense", 50, 7, 1, 40)).isNull();
    }

    @Test
    void aSlotThatIsThereAgainIsAnother() {
        Incarnation seen = new Incarnation("s", List.of());
        seen.note(new SlotObservation.Observed(server(7, 1, 50).serverFacts(), SLOT));

        assertThat(seen.note(server(7, 1, 60)).finding()).isEqualTo(Finding.SLOT_RECREATED);
        assertThat(seen.note(server(7, 1, 70))).as("once").isNull();
    }
}
