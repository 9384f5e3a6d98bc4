package io.cdcprogress.model;

import java.util.List;

/**
 * One replication slot, the topics fed from it, and the consumer groups that consume them.
 *
 * @param name the pipeline's name in the configuration
 * @param database {@code host:port/dbname}, without user
 * @param dbname the database that the slot must belong to
 * @param readCommitted whether the sinks read with {@code isolation.level=read_committed}
 */
public record Pipeline(
        String name,
        String database,
        String dbname,
        String slotName,
        TopicSelector topics,
        List<String> sinkGroups,
        boolean readCommitted) {
    public Pipeline {
        sinkGroups = List.copyOf(sinkGroups);
    }
}
