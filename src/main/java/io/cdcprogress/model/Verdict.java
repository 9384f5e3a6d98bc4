package io.cdcprogress.model;

import java.util.List;

/**
 * The judgement of one observation.
 *
 * @param findings all that hold, in their order; never empty
 * @param detail a sentence for the person on call
 */
public record Verdict(Health health, List<Finding> findings, String detail) {
    public Verdict {
        findings = List.copyOf(findings);
    }
}
