package io.cdcprogress.rest;

import java.util.Comparator;

/** A pipeline and one of its sink groups. */
record SinkId(String pipeline, String sinkGroup) implements Comparable<SinkId> {
    private static final Comparator<SinkId> ORDER =
            Comparator.comparing(SinkId::pipeline).thenComparing(SinkId::sinkGroup);

    static SinkId of(Received record) {
        return new SinkId(record.pipeline(), record.sinkGroup());
    }

    @Override
    public int compareTo(SinkId other) {
        return ORDER.compare(this, other);
    }
}
