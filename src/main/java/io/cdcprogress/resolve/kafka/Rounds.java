package io.cdcprogress.resolve.kafka;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.resolve.Point;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Spreads points over readings: a consumer is at one place of a partition at a time, and holds only so many. */
final class Rounds {
    private Rounds() {}

    /** Parts of at most {@link PointConsumer#MOST} points, each of another partition. No point may be there twice. */
    static List<List<Point>> of(Collection<Point> points) {
        List<List<Point>> rounds = new ArrayList<>();
        Map<PartitionId, Integer> used = new HashMap<>();
        for (Point point : points) {
            int round = used.merge(point.partition(), 1, Integer::sum) - 1;
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(point);
        }
        return rounds.stream().flatMap(round -> parts(round).stream()).toList();
    }

    private static List<List<Point>> parts(List<Point> round) {
        List<List<Point>> parts = new ArrayList<>();
        for (int from = 0; from < round.size(); from += PointConsumer.MOST) {
            parts.add(round.subList(from, Math.min(from + PointConsumer.MOST, round.size())));
        }
        return parts;
    }
}
