package io.cdcprogress.observe.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.ConfiguredTopics;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.TopicSelector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Joining the brokers' answers: what was not answered is unknown, and never left out of a sum. */
class SinkOffsetsTest {
    private static final TopicPartition A0 = new TopicPartition("shop.a", 0);
    private static final TopicPartition A1 = new TopicPartition("shop.a", 1);
    private static final TopicPartition B0 = new TopicPartition("shop.b", 0);
    private static final TopicPartition MESSAGES = new TopicPartition("shop.message", 0);
    private static final Failure FAILURE = new Failure(Finding.KAFKA_UNREACHABLE, "no answer");

    private boolean readCommitted;
    private Failure topicFailure;
    private Answer<GroupDescriptions.Group> group = group();
    private final Map<TopicPartition, Answer<Long>> beginnings = answers(0);
    private final Map<TopicPartition, Answer<Long>> ends = answers(9);
    private final Map<TopicPartition, Answer<Long>> stableEnds = answers(8);
    private final Set<TopicPartition> fed = new HashSet<>(Set.of(A0, A1, B0));
    private final Set<String> justFound = new HashSet<>();
    private ConfiguredTopics configured;
    private final Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
    private final Map<TopicPartition, Long> committedBefore = new HashMap<>();

    private static Answer<GroupDescriptions.Group> group(TopicPartition... assigned) {
        return new Answer<>(new GroupDescriptions.Group("Stable", Set.of(assigned)), null);
    }

    private static Map<TopicPartition, Answer<Long>> answers(long offset) {
        Map<TopicPartition, Answer<Long>> answers = new HashMap<>();
        List.of(A0, A1, B0, MESSAGES).forEach(partition -> answers.put(partition, new Answer<>(offset, null)));
        return answers;
    }

    private SinkOffsetsTest commit(TopicPartition partition, Integer offset) {
        committed.put(partition, offset == null ? null : new OffsetAndMetadata(offset));
        return this;
    }

    private SinkObservation.Observed observed() {
        Pipeline pipeline = new Pipeline(
                "shop",
                "db:5432/shop",
                "shop",
                "slot",
                new TopicSelector("shop", null, Set.of(), Set.of()),
                List.of("g"),
                readCommitted);
        TopicSettings settings = new TopicSettings(null, System::nanoTime);
        PipelineTopics topics = new PipelineTopics(
                0,
                Map.of("shop", fed),
                topicFailure == null ? Map.of() : Map.of("shop", topicFailure),
                Map.of(),
                Set.of(),
                Set.of());
        SlowFacts slow = new SlowFacts("cluster", beginnings, Map.of("g", group));
        Reading reading = new Reading(topics, slow, settings, ends, stableEnds, 0, justFound);
        SinkOffsets offsets =
                new SinkOffsets(pipeline, "g", reading, new Answer<>(committed, null), committedBefore, configured);
        return (SinkObservation.Observed) offsets.join();
    }

    @Test
    void countsEveryPartitionOfATopicThatTheGroupHasCommittedIn() {
        commit(A0, 5).commit(A1, null).commit(B0, null);
        assertThat(observed().partitions())
                .containsExactly(
                        new PartitionOffsets("shop.a", 0, 0L, 5L, true, 9L, 9L, false, false),
                        new PartitionOffsets("shop.a", 1, 0L, null, true, 9L, 9L, false, false));
        assertThat(observed().failure()).isNull();
    }

    @Test
    void countsEveryPartitionOfATopicThatTheGroupIsAssignedTo() {
        commit(A0, null).commit(A1, null).commit(B0, null);
        group = group(B0);
        assertThat(observed().partitions()).extracting(PartitionOffsets::topic).containsExactly("shop.b");
    }

    @Test
    void aCommittedOffsetWithoutAnAnswerIsUnknownAndSaysWhy() {
        commit(A0, 5);
        assertThat(observed().partitions().get(1).committedRead()).isFalse();
        assertThat(observed().failure().finding()).isEqualTo(Finding.POSITION_UNKNOWN);
        assertThat(observed().failure().detail()).contains("shop.a-1").contains("transaction");
    }

    @Test
    void anEndWithoutAnAnswerIsUnknownAndSaysWhy() {
        commit(A0, 5).commit(A1, 9).commit(B0, null);
        ends.put(A1, new Answer<>(null, FAILURE));
        assertThat(observed().partitions().get(1).end()).isNull();
        assertThat(observed().failure()).isEqualTo(FAILURE);
    }

    @Test
    void withoutAllTopicsNoPartitionsAreTold() {
        commit(A0, 9).commit(A1, 9).commit(B0, null);
        topicFailure = FAILURE;
        assertThat(observed().partitions()).isNull();
        assertThat(observed().failure()).isEqualTo(FAILURE);
    }

    @Test
    void withoutTheGroupsAssignmentsNoPartitionsAreTold() {
        commit(A0, 9).commit(A1, 9).commit(B0, null);
        group = new Answer<>(null, FAILURE);
        assertThat(observed().partitions()).isNull();
        assertThat(observed().state()).isNull();
        assertThat(observed().missing()).isFalse();
        assertThat(observed().failure()).isEqualTo(FAILURE);
    }

    @Test
    void anAssignedPartitionThatWasNotListedMakesTheListTooOldToTell() {
        commit(A0, 9).commit(A1, 9).commit(B0, null);
        group = group(A0, new TopicPartition("shop.new", 0));
        assertThat(observed().partitions()).isNull();
        assertThat(observed().failure().detail()).contains("shop.new-0");
        group = group(A0, new TopicPartition("other.new", 0));
        assertThat(observed().partitions()).as("another pipeline's topic").hasSize(2);
    }

    @Test
    void aCommitOfTheObservationBeforeBeyondTheEndIsOfAnotherLog() {
        commit(A0, 5).commit(A1, 20).commit(B0, null);
        committedBefore.put(A0, 12L);
        assertThat(observed().partitions().get(0).recreated()).isTrue();
        assertThat(observed().partitions().get(1).recreated())
                .as("the group moved on between the two readings")
                .isFalse();
    }

    @Test
    void anOpenTransactionThatHoldsTheEndBackMakesNoOtherLogOfIt() {
        commit(A0, 9).commit(A1, 9).commit(B0, null);
        committedBefore.put(A0, 9L);
        readCommitted = true;
        assertThat(observed().partitions().get(0).recreated()).isFalse();
        assertThat(observed().partitions().get(0).end()).isEqualTo(8);
        assertThat(observed().partitions().get(0).highWatermark()).isEqualTo(9);
    }

    @Test
    void aTopicThatTheSinksConnectorIsConfiguredForCountsBeforeItIsConsumed() {
        commit(A0, 9).commit(A1, 9).commit(B0, null);
        assertThat(observed().partitions()).hasSize(2);
        configured = new ConfiguredTopics(Set.of(), Pattern.compile("shop\\..*"));
        assertThat(observed().partitions()).hasSize(3).noneMatch(PartitionOffsets::justFound);
    }

    @Test
    void aTopicThatTheSinksConnectorIsNotConfiguredForAnyMoreDoesNotCount() {
        commit(A0, 5).commit(B0, 5);
        configured = new ConfiguredTopics(Set.of("shop.b"), null);
        assertThat(observed().partitions()).extracting(PartitionOffsets::topic).doesNotContain("shop.a");
    }

    @Test
    void aTopicThatHasJustAppearedCountsUnlessItIsKnownThatTheSinkIsNotConfiguredForIt() {
        commit(A0, 9).commit(A1, 9).commit(B0, null);
        justFound.add("shop.b");
        assertThat(observed().partitions())
                .filteredOn(PartitionOffsets::justFound)
                .hasSize(1);
        configured = new ConfiguredTopics(Set.of("shop.a"), null);
        assertThat(observed().partitions()).hasSize(2);
    }

    @Test
    void aLogStartBeyondTheEndIsNotOfThisLog() {
        commit(A0, 5).commit(A1, 5).commit(B0, null);
        beginnings.put(A0, new Answer<>(100L, null));
        assertThat(observed().partitions().get(0).beginning()).isNull();
    }

    @Test
    void logicalMessagesCountOnlyWhereTheGroupHasShownThatItWantsThem() {
        commit(A0, 5).commit(A1, 5).commit(MESSAGES, null);
        fed.add(MESSAGES);
        justFound.add("shop.message");
        assertThat(observed().partitions()).extracting(PartitionOffsets::topic).containsOnly("shop.a");
        group = group(MESSAGES);
        assertThat(observed().partitions())
                .extracting(PartitionOffsets::topic)
                .containsExactly("shop.a", "shop.a", "shop.message");
    }
}
