package io.cdcprogress.discover;

import java.util.List;

/**
 * What one look gave.
 *
 * @param pipelines those that have a sink, in a stable order
 * @param notices what the user should know of the others, and of what could not be used
 */
record Discovered(List<DiscoveredPipeline> pipelines, List<Notice> notices) {
    /** @param warning whether something is to be done about it */
    record Notice(boolean warning, String text) {}

    Discovered {
        pipelines = List.copyOf(pipelines);
        notices = List.copyOf(notices);
    }
}
