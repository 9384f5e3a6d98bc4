package io.cdcprogress.position;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * How long it takes from the last move to zero. PostgreSQL writes to its WAL by itself, a list of the running transactions every
 * 15 s at most while something else was written: that is a move like any other, so the time counts from there.
 */
final class ZeroWait {
    private final String what;
    private final Watch watch;
    private final String group;
    private final long doneAt;

    private boolean over;
    private long millis;
    private JsonNode last;

    /** @param doneAt when the test's own last move was made: in milliseconds, by the database's clock */
    ZeroWait(String what, Watch watch, String group, long doneAt) {
        this.what = what;
        this.watch = watch;
        this.group = group;
        this.doneAt = doneAt;
    }

    /** Whether a record that was observed after the last move says zero. */
    boolean over() {
        if (!over) {
            look();
        }
        return over;
    }

    boolean overOrLate(Duration limit) {
        return over() || millis > limit.toMillis();
    }

    private void look() {
        long movedAt = doneAt;
        JsonNode before = null;
        for (JsonNode record : watch.values(group)) {
            long observedAt = record.path("observed_at").asLong();
            if (before != null && !record.path("source_lsn").equals(before.path("source_lsn"))) {
                movedAt = Math.max(doneAt, observedAt);
            }
            before = record;
            if (observedAt > doneAt && Trial.drained(record)) {
                over = true;
                break;
            }
        }
        last = before;
        millis = System.currentTimeMillis() - movedAt; // when it could be read, not when it was observed
    }

    /** From the last move until zero could be read; or until now. */
    long millis() {
        return millis;
    }

    @Override
    public String toString() {
        return what + ": " + (over ? "zero " : "no zero yet ") + millis + " ms after the last move"
                + (over ? "" : ": " + last);
    }
}
