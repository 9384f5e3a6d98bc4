package io.cdcprogress.resolve;

import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.TopicsObservation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has moved in a pipeline's topics since the observation before.
 *
 * @param data partitions whose end has moved
 * @param heartbeat whether the heartbeat topic's has
 * @param dataUntold whether it can't be told that no other data moved
 * @param truncated whether an end went back, so that the offsets are not of one log
 */
record Movement(List<PartitionId> data, boolean heartbeat, boolean dataUntold, boolean truncated) {
    /** The ends as they stood last, for comparison with the next observation's. */
    static final class Ends {
        private final Map<PartitionId, Long> last = new HashMap<>();
        private Long heartbeat;

        Movement since(TopicsObservation topics) {
            List<PartitionId> moved = new ArrayList<>();
            boolean truncated = false;
            for (Map.Entry<PartitionId, Long> end : topics.ends().entrySet()) {
                // A partition that was not there before has moved if there is anything in it.
                long before = last.getOrDefault(end.getKey(), 0L);
                truncated |= end.getValue() < before;
                if (end.getValue() > before) {
                    moved.add(end.getKey());
                }
            }
            moved.sort(null);
            boolean beats = topics.heartbeatEnd() != null && heartbeat != null && topics.heartbeatEnd() > heartbeat;
            last.keySet().removeIf(partition -> !topics.topics().containsKey(partition.topic()));
            last.putAll(topics.ends());
            heartbeat = topics.heartbeatEnd() == null ? heartbeat : topics.heartbeatEnd();
            return new Movement(moved, beats, topics.unread(), truncated);
        }
    }
}
