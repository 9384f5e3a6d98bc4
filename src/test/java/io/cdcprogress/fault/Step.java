package io.cdcprogress.fault;

/** What is done to a pipeline. */
@FunctionalInterface
interface Step {
    void run() throws Exception;
}
