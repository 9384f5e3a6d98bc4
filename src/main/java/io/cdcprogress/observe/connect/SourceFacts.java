package io.cdcprogress.observe.connect;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;

/**
 * What a listing says of a source connector.
 *
 * @param present whether it is in the listing
 * @param connector its state; MISSING where there is no such connector for certain; null where it is not known any more
 * @param topicPrefix null if not told
 * @param heartbeats whether it beats in the heartbeat topic that is watched; null if not told
 * @param confirmsStored whether it confirms to the slot only what Connect has stored before; null if not told
 * @param distrust a setting under which the connector's offset proves nothing, as {@code key=value}; null for none
 */
record SourceFacts(
        boolean present,
        ConnectorFacts connector,
        String topicPrefix,
        Boolean heartbeats,
        Boolean confirmsStored,
        String distrust) {
    SourceFacts with(ConnectorFacts other) {
        return new SourceFacts(present, other, topicPrefix, heartbeats, confirmsStored, distrust);
    }

    /** After it was deleted: an offset that is known from before still rests on the settings that it had. */
    static SourceFacts absent(String name, SourceFacts before) {
        return new SourceFacts(
                false,
                new ConnectorFacts(name, State.MISSING, null),
                before == null ? null : before.topicPrefix,
                null,
                before == null ? null : before.confirmsStored,
                before == null ? null : before.distrust);
    }
}
