package io.cdcprogress.resolve;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the partitions of a sink allow to be claimed: the sink has consumed every captured transaction up to W, the
 * smallest of a frontier and all bounds. Pure.
 *
 * @param limit the smallest bound; null where no partition limits
 * @param limiting the partition that it is of, or that keeps W where it was; null where none does
 * @param late why the smallest bound is one of before; null where it is of now, and where no partition limits
 * @param stays why W can't be told anew, and so stays where it was; null where it can
 * @param unknown why there is no W; null where there is
 */
record Watermark(Lsn limit, PartitionId limiting, Failure late, Failure stays, Failure unknown) {
    static Watermark of(Map<PartitionId, PartitionPosition> positions) {
        if (positions.isEmpty()) {
            return new Watermark(
                    null,
                    null,
                    null,
                    null,
                    new Failure(
                            Finding.POSITION_UNKNOWN,
                            "the group consumes none of the pipeline's partitions, or they could" + " not be listed"));
        }
        Watermark watermark = new Watermark(null, null, null, null, null);
        for (Map.Entry<PartitionId, PartitionPosition> entry : new TreeMap<>(positions).entrySet()) {
            watermark = watermark.and(entry.getKey(), entry.getValue());
        }
        return watermark;
    }

    private Watermark and(PartitionId id, PartitionPosition position) {
        if (unknown != null) {
            return this;
        }
        if (position.state() == State.UNKNOWN) {
            return new Watermark(null, id, null, null, position.why());
        }
        if (position.state() == State.HELD && position.bound() == null) {
            return stays == null ? new Watermark(limit, id, late, position.why(), null) : this;
        }
        boolean lower =
                position.bound() != null && (limit == null || position.bound().compareTo(limit) < 0);
        return lower
                ? new Watermark(position.bound(), stays == null ? id : limiting, position.why(), stays, null)
                : this;
    }

    /**
     * W below a frontier; null if it is not known.
     *
     * @param frontier null if not known
     * @param before W as it was last; null if it was not known
     */
    Lsn below(Lsn frontier, Lsn before) {
        if (unknown != null || stays != null || frontier == null) {
            return before;
        }
        return Lsn.max(before, Lsn.min(frontier, limit));
    }

    /** Why a W may be lower than what is true of the partitions by now; null where it is not. */
    Failure held(Lsn w) {
        return stays != null ? stays : limits(w) ? late : null;
    }

    /** Whether it is a partition, and not the frontier, that holds a W back. */
    boolean limits(Lsn w) {
        return limiting != null && (stays != null || w == null || (limit != null && limit.compareTo(w) <= 0));
    }
}
