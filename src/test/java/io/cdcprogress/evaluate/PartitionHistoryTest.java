package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionProgress;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PartitionHistoryTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static PartitionProgress tenWait(boolean justFound) {
        return new PartitionProgress(
                new PartitionOffsets("t", 0, 0L, null, true, 10L, 10L, false, justFound), 10L, null, null);
    }

    private static PartitionHistory seen(boolean justFound) {
        PartitionHistory first = PartitionHistory.next(null, "id", tenWait(justFound), NOW, null);
        return PartitionHistory.next(first, "id", tenWait(justFound), NOW.plusSeconds(10), null);
    }

    @Test
    void dataWaitsSinceItWasFirstSeenAtThisOffset() {
        assertThat(seen(false).waitingSince()).isEqualTo(NOW);
    }

    @Test
    void whatTheSinkMayNotWantDoesNotWaitForIt() {
        assertThat(seen(true).waitingSince()).isNull();
    }
}
