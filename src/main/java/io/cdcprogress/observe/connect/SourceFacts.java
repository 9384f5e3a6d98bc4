package io.cdcprogress.observe.connect;

/**
 * What a listing says of a source connector.
 *
 * @param present whether there is such a connector
 * @param running whether the connector and all its tasks, at least one, are RUNNING; null if not told
 * @param topicPrefix null if not told
 * @param heartbeats whether it beats in the heartbeat topic that is watched; null if not told
 * @param distrust a setting under which the connector's offset proves nothing, as {@code key=value}; null for none
 */
record SourceFacts(boolean present, Boolean running, String topicPrefix, Boolean heartbeats, String distrust) {
    /** After it was deleted: an offset that is known from before still rests on the settings that it had. */
    static SourceFacts absent(SourceFacts before) {
        return new SourceFacts(
                false,
                false,
                before == null ? null : before.topicPrefix,
                null,
                before == null ? null : before.distrust);
    }
}
