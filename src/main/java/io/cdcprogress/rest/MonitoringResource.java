package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.function.Supplier;

/** What there is below {@code /api/v1/monitoring}; {@code openapi.json} describes it. */
@Path("/api/v1/monitoring")
@Produces(MediaType.APPLICATION_JSON)
public final class MonitoringResource {
    private static final String PIPELINE = "/pipelines/{pipeline_id}";
    private static final int RETRY_AFTER_SECONDS = 5;

    private final Supplier<ProgressReading> reading;
    private final Supplier<Now> clock;

    /** @param reading gives what is read, or refuses: why there is nothing */
    MonitoringResource(Supplier<ProgressReading> reading, Supplier<Now> clock) {
        this.reading = reading;
        this.clock = clock;
    }

    private static Response answered(Supplier<ObjectNode> answer) {
        try {
            return fresh(Response.ok(answer.get()));
        } catch (Refusal refusal) {
            return refused(refusal);
        }
    }

    /** No cache keeps it. */
    static Response fresh(Response.ResponseBuilder answer) {
        return answer.header("Cache-Control", "no-store").build();
    }

    static Response refused(Refusal refusal) {
        // Whatever was asked for: a browser that follows a wrong link asks for HTML.
        Response.ResponseBuilder answer = Response.status(refusal.status())
                .entity(Answers.error(refusal.status(), refusal.getMessage()))
                .type(MediaType.APPLICATION_JSON);
        if (refusal.status() == Refusal.UNAVAILABLE) {
            answer.header("Retry-After", RETRY_AFTER_SECONDS);
        }
        return fresh(answer);
    }

    @GET
    @Path("/pipelines")
    public Response pipelines() {
        return answered(() -> {
            Now now = clock.get();
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ArrayNode pipelines = json.putArray("pipelines");
            reading.get().pipelines(now).values().forEach(sinks -> pipelines.add(Answers.lag(sinks, now)));
            return json;
        });
    }

    @GET
    @Path(PIPELINE + "/lag")
    public Response lag(@PathParam("pipeline_id") String pipeline) {
        return answered(() -> {
            Now now = clock.get();
            return Answers.lag(reading.get().sinks(pipeline, null, now), now);
        });
    }

    @GET
    @Path(PIPELINE + "/partitions")
    public Response partitions(@PathParam("pipeline_id") String pipeline, @QueryParam("sink_group") String sinkGroup) {
        return answered(() -> {
            Now now = clock.get();
            ObjectNode json = Answers.ofSinks(pipeline);
            List<ProgressTable.Entry> sinks = reading.get().sinks(pipeline, sinkGroup, now);
            for (ProgressTable.Entry sink : sinks) {
                Received progress = sink.latest();
                json.withArray("sinks")
                        .add(Answers.partitions(progress, reading.get().partitions(progress), now));
            }
            return json;
        });
    }

    @GET
    @Path(PIPELINE + "/history")
    public Response history(@PathParam("pipeline_id") String pipeline, @QueryParam("sink_group") String sinkGroup) {
        return answered(() -> {
            Now now = clock.get();
            ObjectNode json = Answers.ofSinks(pipeline);
            for (ProgressTable.Entry sink : reading.get().sinks(pipeline, sinkGroup, now)) {
                json.withArray("sinks").add(Answers.history(sink, now));
            }
            return json;
        });
    }

    @GET
    @Path("/openapi.json")
    public Response openApi() {
        return answered(OpenApi::read);
    }
}
