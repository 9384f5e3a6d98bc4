package io.cdcprogress.model;

import java.util.List;

/** What one look at a sink group gave. */
public sealed interface SinkObservation {
    /**
     * The brokers answered for this group.
     *
     * @param state the group's state as the broker spells it; null if there is no such group, or it was not read
     * @param missing true when the broker answered that there is no such group
     * @param partitions every partition of every topic of the pipeline in which the group has committed or is
     *     assigned; null if that can't be told
     * @param failure what kept a part of this from being read; null if all was
     */
    record Observed(String state, boolean missing, List<PartitionOffsets> partitions, Failure failure)
            implements SinkObservation {
        public Observed {
            partitions = partitions == null ? null : List.copyOf(partitions);
        }
    }

    /** The brokers did not answer in time, or refused. */
    record Unobserved(Failure failure) implements SinkObservation {}
}
