package io.cdcprogress.rest;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.CompletionCallback;
import jakarta.ws.rs.core.Response;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A client that waits for its answer, which it gets once: whoever comes second changes nothing. */
final class ReachedWaiter implements Waiting.Waiter {
    private final Question question;
    private final Now begun;
    private final ProgressReading reading;
    private final Waiting waiting;
    private final Supplier<Now> clock;
    private final AsyncResponse response;

    ReachedWaiter(
            Question question,
            Now begun,
            ProgressReading reading,
            Waiting waiting,
            Supplier<Now> clock,
            AsyncResponse response) {
        this.question = question;
        this.begun = begun;
        this.reading = reading;
        this.waiting = waiting;
        this.clock = clock;
        this.response = response;
    }

    /** @param known the sink's record */
    void begin(Received known) {
        if (question.timeoutMs() == 0 || question.answeredBy(known, begun)) {
            answer(known);
        } else {
            response.register((CompletionCallback) error -> waiting.leave(this));
            response.setTimeoutHandler(late -> answer(latest(known)));
            waiting.enter(this);
            response.setTimeout(question.timeoutMs(), TimeUnit.MILLISECONDS);
            Received meanwhile = latest(known);
            if (question.answeredBy(meanwhile, clock.get())) {
                answer(meanwhile);
            }
        }
    }

    /** What is known now; the record of before if its sink has gone. */
    private Received latest(Received known) {
        SinkId sink = question.sink();
        try {
            return reading.sinks(sink.pipeline(), sink.sinkGroup(), clock.get())
                    .get(0)
                    .latest();
        } catch (Refusal gone) {
            return known;
        }
    }

    @Override
    public Question question() {
        return question;
    }

    @Override
    public void passed(Received progress) {
        answer(progress);
    }

    /** By what the record says, also at the time-out: the one that answers may have come at the same moment. */
    private void answer(Received progress) {
        response.resume(MonitoringResource.fresh(Response.ok(Answers.reached(question, progress, begun, clock.get()))));
    }

    @Override
    public void gone() {
        response.resume(MonitoringResource.refused(Waiting.stopping()));
    }
}
