package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is known of each sink and partition, and for how long. */
class TablesTest {
    private static final long DAY = Duration.ofDays(1).toMillis();

    private long millis = 1_000_000;
    private final List<Received> heard = new ArrayList<>();
    private final ProgressTable progress = new ProgressTable(() -> Records.now(millis), heard::add);
    private final PartitionTable partitions = new PartitionTable();

    private void observed(String pipeline, String sinkGroup, long sequence) {
        progress.put(
                Records.key(pipeline + sinkGroup),
                Records.received(Records.progress(pipeline, sinkGroup, Map.of("sequence", sequence)), millis));
    }

    private List<Long> sequences(String pipeline) {
        return progress.sinks(pipeline, Records.now(millis)).stream()
                .map(sink -> sink.latest().number("sequence"))
                .toList();
    }

    @Test
    void theNewestRecordOfEverySinkIsKeptByName() {
        observed("shop", "b", 1);
        observed("shop", "a", 2);
        observed("shop2", "a", 3);
        observed("shop", "b", 4);
        assertThat(sequences("shop")).containsExactly(2L, 4L);
        assertThat(progress.pipelines(Records.now(millis))).containsOnlyKeys("shop", "shop2");
        assertThat(heard).hasSize(4);
    }

    @Test
    void afterADayItIsNotShown() {
        observed("shop", "a", 1);
        millis += DAY;
        assertThat(sequences("shop")).containsExactly(1L);
        millis++;
        assertThat(sequences("shop")).isEmpty();
        assertThat(progress.pipelines(Records.now(millis))).isEmpty();
        observed("other", "a", 2);
        assertThat(progress.pipelines(Records.now(millis))).containsOnlyKeys("other");
    }

    @Test
    void aTombstoneRemovesASinkAndItsPipelineWithTheLast() {
        observed("shop", "a", 1);
        progress.remove(Records.key("shopa"));
        progress.remove(Records.key("never seen"));
        assertThat(progress.pipelines(Records.now(millis))).isEmpty();
    }

    @Test
    void theHistoryWantsOneRecordInFiveSecondsOfTheLastHour() {
        millis = 2 * History.SPAN_MS;
        assertThat(progress.wants(Records.key("a"), millis - History.SPAN_MS - 1))
                .isFalse();
        assertThat(progress.wants(Records.key("a"), millis - 10_000)).isTrue();
        assertThat(progress.wants(Records.key("a"), millis - 9_999)).isFalse();
        assertThat(progress.wants(Records.key("b"), millis - 9_999)).isTrue();
        assertThat(progress.wants(Records.key("a"), millis - 5_000)).isTrue();
    }

    private void partition(String sinkGroup, String topic, int number) {
        partitions.put(
                Records.key(sinkGroup + topic + number),
                Records.received(Records.partition(sinkGroup, topic, number, Map.of()), millis));
    }

    private List<String> partitions(String sinkGroup) {
        return partitions.of(Records.received(Records.progress("shop", sinkGroup, Map.of()), millis)).stream()
                .map(partition -> partition.text("topic") + "-" + partition.number("partition"))
                .toList();
    }

    @Test
    void partitionsAreThoseOfTheSinkByTopicAndNumber() {
        partition("a", "y", 0);
        partition("a", "x", 10);
        partition("a", "x", 9);
        partition("b", "z", 0);
        assertThat(partitions("a")).containsExactly("x-9", "x-10", "y-0");
        partitions.remove(Records.key("ax9"));
        assertThat(partitions("a")).containsExactly("x-10", "y-0");
        assertThat(partitions("c")).isEmpty();
    }

    @Test
    void aPartitionThatWasLeftOutAMinuteAndThreeIntervalsAgoHasGone() {
        partition("a", "x", 0);
        millis += 60_000 + 3 * Records.INTERVAL_MS;
        partition("a", "x", 1);
        assertThat(partitions("a")).containsExactly("x-0", "x-1");
        millis++;
        assertThat(partitions("a")).containsExactly("x-1");
    }

    @Test
    void afterADayAPartitionIsForgotten() {
        partition("a", "x", 0);
        Received sink = Records.received(Records.progress("shop", "a", Map.of()), millis);
        millis += DAY;
        partition("b", "x", 0);
        assertThat(partitions.of(sink)).hasSize(1);
        millis += Duration.ofMinutes(11).toMillis();
        partition("b", "x", 0);
        assertThat(partitions.of(sink)).isEmpty();
        assertThat(partitions("b")).containsExactly("x-0");
    }

    @Test
    void whileItsSinkStandsStillNoPartitionGoes() {
        partition("a", "x", 0);
        Received sink = Records.received(Records.progress("shop", "a", Map.of()), millis);
        millis += DAY;
        assertThat(partitions.of(sink)).hasSize(1);
    }
}
