package io.cdcprogress.rest;

import org.glassfish.jersey.server.spi.Container;
import org.glassfish.jersey.server.spi.ContainerLifecycleListener;

/**
 * Answers those who wait while they can still be answered. By the time that Connect closes its extensions its resources are
 * gone, and a request without an answer would hold up the worker's stop for a minute.
 */
final class WorkerStop implements ContainerLifecycleListener {
    private final Waiting waiting;

    WorkerStop(Waiting waiting) {
        this.waiting = waiting;
    }

    @Override
    public void onStartup(Container container) {}

    @Override
    public void onReload(Container container) {}

    @Override
    public void onShutdown(Container container) {
        waiting.close();
    }
}
