package io.cdcprogress.position;

import java.util.Map;

/**
 * A transaction that changed captured tables, as the server tells of it.
 *
 * @param end the LSN at which its commit record ends
 * @param commitMicros commit time in microseconds since 1970, by the database's clock
 * @param changes rows changed by table
 */
record CommittedTransaction(long xid, long end, long commitMicros, Map<String, Integer> changes) {
    CommittedTransaction {
        changes = Map.copyOf(changes);
    }

    int rows() {
        return changes.values().stream().mapToInt(Integer::intValue).sum();
    }
}
