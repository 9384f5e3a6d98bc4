package io.cdcprogress.evaluate;

import io.cdcprogress.model.ProgressReport;

/**
 * A report, and what it leaves for the next.
 *
 * @param history to be handed in with the next observation of the same pipeline and sink
 */
public record Judged(ProgressReport report, History history) {}
