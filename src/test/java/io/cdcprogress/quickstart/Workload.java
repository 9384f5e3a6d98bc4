package io.cdcprogress.quickstart;

import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.StackException;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes to the source database as an application would: a few small transactions a second, at changing rates. */
final class Workload implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workload.class);
    private static final long BEAT_MILLIS = 200;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final CdcPipeline pipeline;
    private final List<String> tables;
    private final Random random = new Random(1);

    Workload(CdcPipeline pipeline, List<String> tables) {
        this.pipeline = pipeline;
        this.tables = tables;
    }

    void start() {
        var unused = clock.scheduleWithFixedDelay(this::write, 0, BEAT_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void write() {
        try {
            pipeline.insert(tables.get(random.nextInt(tables.size())), 1 + random.nextInt(5));
            pipeline.update(random.nextInt(3));
        } catch (StackException e) {
            LOG.warn("not written", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
