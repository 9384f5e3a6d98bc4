package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.TopicFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Notices that a topic is another one under the same name. The group's committed offsets are of the old one then, until
 * it commits anew.
 */
final class RecreatedTopics {
    /** Of every topic of the pipeline: the group may have committed in one before it is seen to consume it. */
    private final Map<String, String> ids = new HashMap<>();

    private final Set<String> consumed = new HashSet<>();
    /** As they were read last; null for a partition without a commit. */
    private final Map<PartitionId, Long> committed = new HashMap<>();
    /** Committed offsets as they stood when their topic became another one. */
    private final Map<PartitionId, Long> stale = new HashMap<>();
    /** What is said of a topic that is another one, until the group has committed in the new one. */
    private final Map<String, Failure> awaited = new TreeMap<>();

    /** Takes the topics of an observation, and says what happened to them; null if nothing did. */
    Failure note(List<PartitionOffsets> partitions, Map<String, TopicFacts> topics) {
        Failure happened = null;
        Set<String> another = new HashSet<>();
        for (Map.Entry<String, TopicFacts> topic : topics.entrySet()) {
            String before = ids.get(topic.getKey());
            if (before != null && !before.equals(topic.getValue().id())) {
                another.add(topic.getKey());
            }
            ids.put(topic.getKey(), topic.getValue().id());
        }
        partitions.forEach(offsets -> consumed.add(offsets.topic()));
        for (String topic : another) {
            if (consumed.contains(topic)) {
                happened = another(topic);
                awaited.put(topic, happened);
            }
        }
        for (PartitionOffsets offsets : partitions) {
            if (another.contains(offsets.topic())) {
                stale.put(offsets.id(), offsets.committedRead() ? offsets.committed() : committed.get(offsets.id()));
            } else if (offsets.recreated()) {
                happened = truncated(offsets);
            }
            boolean committedAnew = offsets.committedRead()
                    && (offsets.committed() == null || !Objects.equals(stale.get(offsets.id()), offsets.committed()));
            if (committedAnew) {
                stale.remove(offsets.id());
                if (offsets.committed() != null || Long.valueOf(0).equals(offsets.highWatermark())) {
                    awaited.remove(offsets.topic());
                }
            }
            if (offsets.committedRead()) {
                committed.put(offsets.id(), offsets.committed());
            }
        }
        return happened;
    }

    /** What happened and is not over: the group has not committed in the new topic, though it has records; else null. */
    Failure lasts() {
        return awaited.values().stream().findFirst().orElse(null);
    }

    private static Failure another(String topic) {
        return new Failure(
                Finding.TOPIC_RECREATED,
                "topic " + topic + " was deleted and created anew: what the sink had consumed of it says nothing about"
                        + " the new one; take a new snapshot if changes are missing");
    }

    boolean suspect(PartitionOffsets offsets) {
        return offsets.recreated() || stale.containsKey(offsets.id());
    }

    Failure why(String group, PartitionOffsets offsets) {
        return offsets.recreated()
                ? truncated(offsets)
                : new Failure(
                        Finding.TOPIC_RECREATED,
                        "topic " + offsets.topic() + " was created anew, and the committed offset of group " + group
                                + " is still that of the old one");
    }

    private static Failure truncated(PartitionOffsets offsets) {
        return new Failure(
                Finding.TOPIC_RECREATED,
                "the group had committed beyond the end " + offsets.highWatermark() + " of " + offsets.id()
                        + ": the topic was recreated or truncated");
    }
}
