package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class DeepLooksTest {
    private final AtomicLong nanos = new AtomicLong();
    private final DeepLooks looks = new DeepLooks(nanos::get);
    private final Point one = point("shop", "t", 0);
    private final Point two = point("shop", "t", 1);
    private final Point other = point("shop", "other", 0);
    private final Point ofOtherPipeline = point("other", "t", 0);

    @Test
    void aTopicThatToldNothingSeveralTimesIsLookedAtDeeplyInOnePartitionAMinute() {
        for (int i = 0; i < 3; i++) {
            assertThat(looks.worthwhile(one)).isTrue();
            assertThat(looks.worthwhile(two)).isTrue();
            looks.inVain(List.of(one, two));
        }
        assertThat(looks.worthwhile(one)).isFalse();
        assertThat(looks.worthwhile(other)).as("another topic").isTrue();
        assertThat(looks.worthwhile(ofOtherPipeline)).as("another decoder").isTrue();
        nanos.addAndGet(Duration.ofMinutes(1).toNanos());
        assertThat(looks.worthwhile(two)).as("one at the beat").isTrue();
        looks.inVain(List.of(two));
        assertThat(looks.worthwhile(one)).isFalse();
        nanos.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(looks.worthwhile(one)).isFalse();
    }

    @Test
    void aTopicThatTellsSomethingIsTrustedAgain() {
        for (int i = 0; i < 5; i++) {
            looks.inVain(List.of(one));
        }
        assertThat(looks.worthwhile(one)).isFalse();
        looks.told(two);
        assertThat(looks.worthwhile(one)).isTrue();
        looks.inVain(List.of(one));
        assertThat(looks.worthwhile(one)).as("counts anew").isTrue();
    }

    private static Point point(String pipeline, String topic, int partition) {
        return new Point(pipeline, new PartitionId(topic, partition), 0, 2_000);
    }
}
