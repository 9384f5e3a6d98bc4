package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.TopicFacts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecreatedTopicsTest {
    private final RecreatedTopics topics = new RecreatedTopics();

    private static PartitionOffsets committed(Long offset) {
        return new PartitionOffsets("t", 0, 0L, offset, true, 9L, 9L, false, false);
    }

    private static final PartitionOffsets UNREAD = new PartitionOffsets("t", 0, 0L, null, false, 9L, 9L, false, false);

    private Failure note(PartitionOffsets offsets, String id) {
        return topics.note(List.of(offsets), Map.of("t", new TopicFacts(id, false, true, null)));
    }

    @Test
    void anOffsetOfTheOldTopicIsSuspectUntilTheGroupCommits() {
        note(committed(5L), "a");

        assertThat(note(committed(5L), "b").detail()).startsWith("topic t was deleted and created anew");
        assertThat(topics.suspect(committed(5L))).isTrue();
        assertThat(note(committed(6L), "b")).isNull();
        assertThat(topics.suspect(committed(6L))).isFalse();
    }

    @Test
    void anOffsetThatIsSeenOnlyWhenTheTopicIsAnotherIsOfTheOldOne() {
        topics.note(List.of(), Map.of("t", new TopicFacts("a", false, true, null)));

        assertThat(note(committed(5L), "b")).isNotNull();
        assertThat(topics.suspect(committed(5L))).isTrue();
    }

    @Test
    void soItIsWhereItCouldNotBeReadWhenTheTopicChanged() {
        note(committed(5L), "a");
        note(UNREAD, "b");
        note(committed(5L), "b");

        assertThat(topics.suspect(committed(5L))).isTrue();
    }

    @Test
    void lastsWhileTheBrokerHasForgottenTheGroupsOffsetsAndItHasNotCommittedAnew() {
        note(committed(5L), "a");
        assertThat(topics.lasts()).isNull();

        Failure another = note(committed(null), "b");
        assertThat(topics.lasts()).isEqualTo(another);
        note(committed(null), "b");
        assertThat(topics.lasts()).isEqualTo(another);
        note(committed(1L), "b");
        assertThat(topics.lasts()).isNull();
    }

    @Test
    void anEmptyTopicHasNothingToWaitFor() {
        note(committed(5L), "a");
        note(new PartitionOffsets("t", 0, 0L, null, true, 0L, 0L, false, false), "b");

        assertThat(topics.lasts()).isNull();
    }
}
