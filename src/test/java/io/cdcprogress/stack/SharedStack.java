package io.cdcprogress.stack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;

/**
 * One PostgreSQL, one broker and one worker of each release for all tests of a run, each started when it is first asked
 * for. Tests share it, so they take names of their own ({@link Unique}) and close what they create.
 */
public final class SharedStack implements AutoCloseable {
    private final StackParts parts;
    private final Map<KafkaRelease, Worker> workers = new EnumMap<>(KafkaRelease.class);
    private final Deque<Runnable> started = new ArrayDeque<>();
    private Database database;
    private Broker broker;

    SharedStack(StackParts parts) {
        this.parts = parts;
    }

    public synchronized Database database() {
        if (database == null) {
            database = parts.database();
            started.push(database::close);
        }
        return database;
    }

    public synchronized Broker broker() {
        if (broker == null) {
            broker = parts.broker();
            started.push(broker::close);
        }
        return broker;
    }

    public synchronized Worker worker(KafkaRelease release) {
        Worker worker = workers.get(release);
        if (worker == null) {
            worker = parts.worker(release, broker());
            workers.put(release, worker);
            started.push(worker::close);
        }
        return worker;
    }

    /** A pipeline on the shared servers. */
    public CdcPipeline pipeline(KafkaRelease release, PipelineSpec spec) {
        return CdcPipeline.start(spec, database(), broker(), worker(release));
    }

    /** Last started, first stopped. */
    @Override
    public synchronized void close() {
        RuntimeException first = null;
        while (!started.isEmpty()) {
            try {
                started.pop().run();
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
