package io.cdcprogress.rest;

import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.CompletionCallback;
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
        if (question.answeredBy(known, begun)) {
            passed(known);
        } else if (question.timeoutMs() == 0) {
            notPassed(known);
        } else {
            response.register((CompletionCallback) error -> waiting.leave(this));
            response.setTimeoutHandler(late -> notPassed(latest(known)));
            waiting.enter(this);
            response.setTimeout(question.timeoutMs(), TimeUnit.MILLISECONDS);
            Received meanwhile = latest(known);
            if (question.answeredBy(meanwhile, clock.get())) {
                passed(meanwhile);
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
        response.resume(Answers.reached(true, question, progress, begun, clock.get()));
    }

    private void notPassed(Received progress) {
        response.resume(Answers.reached(false, question, progress, begun, clock.get()));
    }

    @Override
    public void gone() {
        response.resume(MonitoringResource.refused(Waiting.stopping()));
    }
}
