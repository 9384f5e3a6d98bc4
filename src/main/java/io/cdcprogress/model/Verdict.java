package io.cdcprogress.model;

import java.time.Instant;
import java.util.List;

/**
 * The judgement of one observation.
 *
 * @param findings all that hold, in their order; never empty
 * @param since when the first of them began to hold
 * @param detail a sentence for the person on call
 */
public record Verdict(Health health, List<Finding> findings, Instant since, String detail) {
    public Verdict {
        findings = List.copyOf(findings);
    }
}
