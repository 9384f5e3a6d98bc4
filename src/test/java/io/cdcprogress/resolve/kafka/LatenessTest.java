package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import io.cdcprogress.resolve.ReadResult;
import io.cdcprogress.resolve.ReadResult.Nothing;
import io.cdcprogress.resolve.ReadResult.Unread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LatenessTest {
    private static final ReadResult LATE = new Unread(new Failure(Finding.KAFKA_UNREACHABLE, "late"));

    private final Lateness lateness = new Lateness();
    private final List<Point> points =
            IntStream.range(0, 40).mapToObj(LatenessTest::point).toList();

    @Test
    void nothingComesFirstWhereNothingWasLate() {
        assertThat(lateness.longest(points)).isEmpty();
        lateness.note(Map.of(
                point(1), new Nothing(), point(2), new Unread(new Failure(Finding.POSITION_UNKNOWN, "damaged"))));
        assertThat(lateness.longest(points)).isEmpty();
    }

    @Test
    void thoseThatWereLateMostTimesInARowComeFirst() {
        lateness.note(Map.of(point(1), LATE, point(2), LATE, point(3), new Nothing()));
        assertThat(lateness.longest(points)).containsExactlyInAnyOrder(point(1), point(2));
        lateness.note(Map.of(point(1), new Nothing(), point(2), LATE, point(3), LATE));
        assertThat(lateness.longest(points)).containsExactly(point(2));
        assertThat(lateness.longest(List.of(point(1), point(3)))).containsExactly(point(3));
        lateness.note(Map.of(point(2), new Nothing()));
        assertThat(lateness.longest(points)).isEmpty();
    }

    /** Each time, all points are new, and two of the favoured and two of the others are read, in an order that stays. */
    @Test
    void noneStarvesWhereLessIsReadThanLags() {
        Set<Point> reached = new HashSet<>();
        for (int i = 0; i < points.size(); i++) {
            Set<Point> first = lateness.longest(points);
            List<Point> read = new ArrayList<>(
                    points.stream().filter(first::contains).limit(2).toList());
            points.stream().filter(point -> !first.contains(point)).limit(2).forEach(read::add);
            Map<Point, ReadResult> results = new HashMap<>();
            points.forEach(point -> results.put(point, read.contains(point) ? new Nothing() : LATE));
            lateness.note(results);
            reached.addAll(read);
        }
        assertThat(reached).containsExactlyInAnyOrderElementsOf(points);
    }

    private static Point point(int partition) {
        return new Point("shop", new PartitionId("t", partition), 0, 10);
    }
}
