package io.cdcprogress.rest;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The page and its library: these files, and no others. */
@Path("/cdc-progress")
public final class PageResource {
    /** Nothing from elsewhere, and nothing to elsewhere. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
                    + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String OURS = "/io/cdcprogress/rest/page/";
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/" + Built.uplotVersion() + "/dist/";
    private static final String INDEX = "index.html";
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** Where a file comes from, and what it is. */
    private record Source(String resource, String contentType) {}

    private static final Map<String, Source> FILES = Map.of(
            INDEX,
            new Source(OURS + INDEX, HTML),
            "uPlot.iife.min.js",
            new Source(UPLOT + "uPlot.iife.min.js", SCRIPT),
            "uPlot.min.css",
            new Source(UPLOT + "uPlot.min.css", STYLE));

    private final Map<String, StaticFile> read = new ConcurrentHashMap<>();

    PageResource() {}

    /** Without the slash, the page would look for its files beside it and not below. */
    @GET
    public Response page(@Context UriInfo uri, @Context Request request) {
        return uri.getPath().endsWith("/")
                ? file(INDEX, request)
                : Response.status(Response.Status.TEMPORARY_REDIRECT)
                        .header("Location", "cdc-progress/")
                        .build();
    }

    @GET
    @Path("/{file}")
    public Response file(@PathParam("file") String name, @Context Request request) {
        Source source = FILES.get(name);
        if (source == null) {
            return MonitoringResource.refused(
                    new Refusal(Refusal.NOT_FOUND, "there is no file " + name + " of the page"));
        }
        StaticFile file = read.computeIfAbsent(name, key -> StaticFile.read(source.resource(), source.contentType()));
        EntityTag tag = new EntityTag(file.tag());
        Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
        Response.ResponseBuilder answer =
                unchanged == null ? Response.ok(file.content(), file.contentType()) : unchanged;
        // To be asked for again each time, which costs no more than the answer that it is the same.
        return answer.tag(tag)
                .header("Cache-Control", "no-cache")
                .header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .build();
    }
}
