package io.cdcprogress.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.container.Suspended;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.function.Supplier;

/** Waits until a sink has passed an LSN. A request that waits has no thread. */
@Path("/api/v1/monitoring/pipelines/{pipeline_id}/reached")
@Produces(MediaType.APPLICATION_JSON)
public final class ReachedResource {
    private final Supplier<ProgressReading> reading;
    private final Waiting waiting;
    private final Supplier<Now> clock;

    /** @param reading gives what is read, or refuses: why there is nothing */
    ReachedResource(Supplier<ProgressReading> reading, Waiting waiting, Supplier<Now> clock) {
        this.reading = reading;
        this.waiting = waiting;
        this.clock = clock;
    }

    @GET
    public void reached(
            @PathParam("pipeline_id") String pipeline,
            @QueryParam("lsn") String lsn,
            @QueryParam("sink_group") String sinkGroup,
            @QueryParam("grade") String grade,
            @QueryParam("timeout_ms") String timeoutMs,
            @Suspended AsyncResponse response) {
        try {
            Now begun = clock.get();
            Received known = only(reading.get().sinks(pipeline, sinkGroup, begun), pipeline);
            Question question = Question.parse(SinkId.of(known), lsn, grade, timeoutMs);
            new ReachedWaiter(question, begun, reading.get(), waiting, clock, response).begin(known);
        } catch (Refusal refusal) {
            response.resume(MonitoringResource.refused(refusal));
        }
    }

    private static Received only(List<ProgressTable.Entry> sinks, String pipeline) {
        if (sinks.size() > 1) {
            throw new Refusal(
                    Refusal.BAD_REQUEST,
                    "sink_group is missing, and pipeline " + pipeline + " has more than one: write "
                            + String.join(
                                    " or ",
                                    sinks.stream()
                                            .map(sink -> "sink_group="
                                                    + sink.latest().sinkGroup())
                                            .toList()));
        }
        return sinks.get(0).latest();
    }
}
