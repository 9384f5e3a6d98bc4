package io.cdcprogress.rest;

import io.cdcprogress.model.Lsn;

/**
 * Whether a sink has passed an LSN.
 *
 * @param inferred whether an inferred position will do; else only a proven one does
 * @param timeoutMs how long to wait for it; 0 for not at all
 */
record Question(SinkId sink, Lsn lsn, boolean inferred, long timeoutMs) {
    static final long LONGEST_WAIT_MS = 300_000;
    private static final long USUAL_WAIT_MS = 30_000;

    /**
     * Reads the parameters as they were given, null where they were not.
     *
     * @throws Refusal naming the parameter that is wrong
     */
    static Question parse(SinkId sink, String lsn, String grade, String timeoutMs) {
        return new Question(sink, lsn(lsn), inferred(grade), timeout(timeoutMs));
    }

    private static Lsn lsn(String text) {
        if (text == null || text.isBlank()) {
            throw new Refusal(
                    Refusal.BAD_REQUEST,
                    "lsn is missing: write the position to wait for, like lsn=0/28ABE88, as"
                            + " pg_current_wal_lsn() gives it after the commit");
        }
        try {
            return Lsn.parse(text.trim());
        } catch (IllegalArgumentException e) {
            throw Refusal.wrongParameter("lsn", text, "write two hexadecimal numbers with a slash, like 0/28ABE88");
        }
    }

    private static boolean inferred(String grade) {
        if (grade == null || grade.equals("PROVEN")) {
            return false;
        }
        if (grade.equals("INFERRED")) {
            return true;
        }
        throw Refusal.wrongParameter("grade", grade, "write PROVEN, or INFERRED where that will do");
    }

    private static long timeout(String text) {
        if (text == null) {
            return USUAL_WAIT_MS;
        }
        try {
            long timeout = Long.parseLong(text);
            if (timeout >= 0 && timeout <= LONGEST_WAIT_MS) {
                return timeout;
            }
        } catch (NumberFormatException e) {
            // Refused below.
        }
        throw Refusal.wrongParameter(
                "timeout_ms", text, "write milliseconds from 0 to " + LONGEST_WAIT_MS + ", and ask again after them");
    }

    String grade() {
        return inferred ? "INFERRED" : "PROVEN";
    }

    /** A stale record proves nothing: the database may be another one by now. */
    boolean answeredBy(Received progress, Now now) {
        Lsn passed = progress.lsn(inferred ? "sink_lsn" : "proven_lsn");
        return passed != null && passed.compareTo(lsn) >= 0 && !Answers.stale(progress, now);
    }
}
