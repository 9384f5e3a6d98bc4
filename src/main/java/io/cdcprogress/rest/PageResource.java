package io.cdcprogress.rest;

import io.cdcprogress.model.BuildProperties;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** The page and its library: these files, and no others. */
@Path("/cdc-progress")
public final class PageResource {
    /** Nothing from elsewhere, and nothing to elsewhere. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String OURS = "/io/cdcprogress/rest/page/";
    private static final String UPLOT =
            "/META-INF/resources/webjars/uplot/" + BuildProperties.uplotVersion() + "/dist/";
    private static final Set<String> OF_UPLOT = Set.of("uPlot.iife.min.js", "uPlot.min.css");
    private static final String INDEX = "index.html";

    /** The page's own folder has no other names, and a name of this form leads nowhere else. */
    private static final Pattern NAME = Pattern.compile("[a-z]+\\.(html|js|css|svg)");

    private static final Map<String, String> CONTENT_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "svg", "image/svg+xml");

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
        String resource = OF_UPLOT.contains(name) ? UPLOT + name : OURS + name;
        boolean ours = OF_UPLOT.contains(name)
                || (NAME.matcher(name).matches() && PageResource.class.getResource(resource) != null);
        if (!ours) {
            return MonitoringResource.refused(
                    new Refusal(Refusal.NOT_FOUND, "there is no file " + name + " of the page"));
        }
        String contentType = CONTENT_TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        StaticFile file = read.computeIfAbsent(name, key -> StaticFile.read(resource, contentType));
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
