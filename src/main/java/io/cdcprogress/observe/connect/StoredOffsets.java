package io.cdcprogress.observe.connect;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.cdcprogress.model.Lsn;
import java.util.List;
import java.util.Objects;

/** The answer to {@code GET /connectors/{name}/offsets} of a Debezium PostgreSQL connector. */
record StoredOffsets(List<Entry> offsets) {
    record Entry(Partition partition, Offset offset) {}

    record Partition(String server) {}

    /** @param lsnCommit absent until the first transaction has been streamed */
    record Offset(@JsonProperty("lsn_commit") Long lsnCommit) {}

    /** Thrown where the offsets are not those of one connector with that prefix. */
    static final class Ambiguous extends Exception {
        Ambiguous(String message) {
            super(message);
        }
    }

    StoredOffsets {
        if (offsets == null) {
            throw new IllegalArgumentException("no offsets in the answer");
        }
        offsets = List.copyOf(offsets);
    }

    /**
     * Everything up to here is in Kafka.
     *
     * @param topicPrefix the connector's, which Debezium stores as {@code server}; null if not told
     * @return null where nothing has been streamed yet
     * @throws Ambiguous if it can't be told whose offset is the connector's
     */
    Lsn commit(String topicPrefix) throws Ambiguous {
        if (offsets.isEmpty()) {
            return null;
        }
        for (Entry entry : offsets) {
            String server = entry.partition == null ? null : entry.partition.server;
            if (topicPrefix == null ? offsets.size() == 1 : topicPrefix.equals(server)) {
                Long commit = entry.offset == null ? null : entry.offset.lsnCommit;
                // 0 is PostgreSQL's way to write that there is no position.
                return commit == null || commit == 0 ? null : new Lsn(commit);
            }
        }
        throw new Ambiguous("it stores offsets of "
                + offsets.stream()
                        .map(Entry::partition)
                        .filter(Objects::nonNull)
                        .map(Partition::server)
                        .toList()
                + (topicPrefix == null
                        ? ", and which of them is the connector's can't be told without its topic.prefix"
                        : ", none of its topic.prefix " + topicPrefix));
    }
}
