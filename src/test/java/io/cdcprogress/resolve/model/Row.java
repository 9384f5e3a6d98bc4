package io.cdcprogress.resolve.model;

import io.cdcprogress.model.Lsn;

/**
 * Which row of the table in SEMANTICS holds of a partition.
 *
 * @param least the bound; where the log was compacted or cut since the committed offset stood where it stands, or while
 *     it was read, the smallest that it may have been read as
 * @param most the largest
 */
record Row(Kind kind, Lsn least, Lsn most) {
    /** In this order one outweighs those before it. */
    enum Kind {
        /** Drained, or lagging with a bound. */
        LIMIT,
        /** W stays where it was. */
        STAYS,
        UNKNOWN,
        /** Not everything was read that has to be, or the world went on before it was. */
        UNTOLD
    }

    /** Beyond any LSN. */
    private static final Lsn NO_LIMIT = new Lsn(-1);

    static final Row DRAINED = limit(NO_LIMIT);
    static final Row STAYS = new Row(Kind.STAYS, null, null);
    static final Row UNKNOWN = new Row(Kind.UNKNOWN, null, null);
    static final Row UNTOLD = new Row(Kind.UNTOLD, null, null);

    static Row limit(Lsn bound) {
        return new Row(Kind.LIMIT, bound, bound);
    }

    /** What may have been read where it was either of two. */
    Row or(Row other) {
        return kind == other.kind ? new Row(kind, Lsn.min(least, other.least), Lsn.max(most, other.most)) : UNTOLD;
    }

    /** Of two partitions: what is unknown of one is unknown of both. */
    Row and(Row other) {
        return kind == other.kind
                ? new Row(kind, Lsn.min(least, other.least), Lsn.min(most, other.most))
                : kind.compareTo(other.kind) < 0 ? other : this;
    }
}
