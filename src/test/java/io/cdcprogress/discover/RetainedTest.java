package io.cdcprogress.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetainedTest {
    private final Retained<Integer> retained = new Retained<>();
    private long now = -5; // a monotone clock may begin anywhere

    private Map<String, Integer> after(int seconds, Map<String, Integer> listed, String... unread) {
        now += Duration.ofSeconds(seconds).toNanos();
        return retained.listed(listed, List.of(unread), now);
    }

    @Test
    void whatIsNewOrOtherwiseCountsAtOnce() {
        after(0, Map.of("a", 1));
        assertThat(after(10, Map.of("a", 2, "b", 1))).containsOnly(Map.entry("a", 2), Map.entry("b", 1));
    }

    @Test
    void whatIsMissingGoesAfterTwoListingsInARowAndTwentySeconds() {
        after(0, Map.of("a", 1, "b", 1));
        assertThat(after(10, Map.of("a", 1))).containsOnlyKeys("a", "b");
        assertThat(after(19, Map.of("a", 1))).as("twice, 19 s").containsOnlyKeys("a", "b");
        assertThat(after(1, Map.of("a", 1))).containsOnlyKeys("a");
    }

    @Test
    void oneListingIsNotEnoughHoweverLongAgoTheLastWas() {
        after(0, Map.of("a", 1));
        assertThat(after(3600, Map.of())).containsOnlyKeys("a");
        assertThat(after(20, Map.of())).isEmpty();
    }

    @Test
    void whatComesBackBeginsAnew() {
        after(0, Map.of("a", 1));
        after(10, Map.of());
        after(10, Map.of("a", 1));
        assertThat(after(10, Map.of())).containsOnlyKeys("a");
        assertThat(after(10, Map.of())).containsOnlyKeys("a");
        assertThat(after(10, Map.of())).isEmpty();
    }

    @Test
    void whatIsThereAndWasNotToldStaysAsItWas() {
        after(0, Map.of("a", 1));
        for (int i = 0; i < 5; i++) {
            assertThat(after(10, Map.of(), "a", "never told")).containsOnly(Map.entry("a", 1));
        }
    }
}
