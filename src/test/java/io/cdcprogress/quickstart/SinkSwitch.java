package io.cdcprogress.quickstart;

import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.StackException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses the sink and resumes it, turn by turn, so that its lag grows and shrinks. */
final class SinkSwitch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SinkSwitch.class);
    private static final long SECONDS_PER_TURN = 15;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final CdcPipeline pipeline;
    private final Console console;
    private boolean paused;

    SinkSwitch(CdcPipeline pipeline, Console console) {
        this.pipeline = pipeline;
        this.console = console;
    }

    void start() {
        var unused = clock.scheduleWithFixedDelay(this::turn, SECONDS_PER_TURN, SECONDS_PER_TURN, TimeUnit.SECONDS);
    }

    private void turn() {
        try {
            String action = paused ? "resume" : "pause";
            console.say("-- PUT /connectors/" + pipeline.sinkConnector() + "/" + action + ": the sink's lag will "
                    + (paused ? "shrink" : "grow"));
            if (paused) {
                pipeline.resumeSink();
            } else {
                pipeline.pauseSink();
            }
            paused = !paused;
        } catch (StackException e) {
            LOG.warn("sink not switched", e);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
