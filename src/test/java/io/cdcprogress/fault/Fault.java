package io.cdcprogress.fault;

import io.cdcprogress.stack.PipelineSpec;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A fault, and how a person would meet it.
 *
 * @param name of its pipeline; slots and databases may carry it
 * @param setup what the pipeline is like
 * @param withSink whether it starts with one
 * @param before SQL that runs in the source database before Debezium starts
 * @param script causes it, looks, cures it, and looks again
 */
record Fault(
        String name,
        FaultStack.Server server,
        UnaryOperator<PipelineSpec> setup,
        boolean withSink,
        List<String> before,
        Script script) {
    /** What happens, and what is to be said. */
    @FunctionalInterface
    interface Script {
        void play(Scene scene) throws Exception;
    }

    static Fault of(String name, Script script) {
        return new Fault(name, FaultStack.Server.BUSY, UnaryOperator.identity(), true, List.of(), script);
    }

    Fault on(FaultStack.Server other) {
        return new Fault(name, other, setup, withSink, before, script);
    }

    Fault tables(String... names) {
        return new Fault(name, server, spec -> setup.apply(spec).tables(names), withSink, before, script);
    }

    Fault with(String key, String value) {
        return new Fault(name, server, spec -> setup.apply(spec).source(key, value), withSink, before, script);
    }

    /** Neither heartbeats nor a query with them. */
    Fault withoutHeartbeats() {
        return with("heartbeat.interval.ms", "0").with("heartbeat.action.query", "");
    }

    Fault sinkWith(String key, String value) {
        return new Fault(name, server, spec -> setup.apply(spec).sink(key, value), withSink, before, script);
    }

    Fault withoutSink(String... sql) {
        return new Fault(name, server, setup, false, List.of(sql), script);
    }

    /**
     * Its heartbeats move the slot also where only others write, as the docs recommend: on a server that others write to,
     * a pipeline without is a fault of its own.
     */
    PipelineSpec spec() {
        return setup.apply(PipelineSpec.named(name)
                .heartbeat()
                .source("heartbeat.action.query", "SELECT pg_logical_emit_message(true, 'heartbeat', '')"));
    }

    @Override
    public String toString() {
        return name;
    }
}
