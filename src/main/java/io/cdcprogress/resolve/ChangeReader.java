package io.cdcprogress.resolve;

import java.util.Collection;
import java.util.Map;

/**
 * Reads single records of the pipelines' topics. Each call has a deadline of its own; what has not answered by then is
 * {@link ReadResult.Unread}. Records are read committed below the last stable offset, so aborted ones are not seen, and
 * as they stand above it.
 */
public interface ChangeReader {
    /** The first data record at or after each point's offset and below its end. Every point is in the answer. */
    Map<Point, ReadResult> first(Collection<Point> points) throws InterruptedException;

    /**
     * The nearest record before each point's end that tells a position, not below the point's offset, nor further back
     * than the reader's limit. Every point is in the answer; {@link ReadResult.Nothing} where there is none.
     */
    Map<Point, ReadResult> lastBefore(Collection<Point> points) throws InterruptedException;

    /**
     * The last record below each point's end, which is a heartbeat. Points that gave none are not in the answer.
     */
    Map<Point, Heartbeat> heartbeats(Collection<Point> points) throws InterruptedException;
}
