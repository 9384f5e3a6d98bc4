package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundsTest {
    @Test
    void noRoundHasAPartitionTwiceOrMoreThanAConsumerMayHold() {
        List<Point> points = new ArrayList<>(
                IntStream.range(0, 4_500).mapToObj(i -> point(i, 0)).toList());
        points.add(point(3, 7));
        points.add(point(3, 9));
        List<List<Point>> rounds = Rounds.of(points);
        assertThat(rounds).extracting(List::size).containsExactly(2_000, 2_000, 500, 1, 1);
        assertThat(rounds.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(points);
    }

    private static Point point(int partition, long offset) {
        return new Point("shop", new PartitionId("t", partition), offset, 10);
    }
}
