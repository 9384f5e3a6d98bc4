package io.cdcprogress.stack;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A client of Connect's REST interface. Requests that meet a rebalance are repeated. */
public final class ConnectRest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration BEAT = Duration.ofMillis(100);
    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI url;

    public ConnectRest(URI url) {
        this.url = url;
    }

    public URI url() {
        return url;
    }

    /** Creates the connector, or replaces its configuration. */
    public JsonNode put(String connector, Map<String, String> config) {
        return send("PUT", path(connector, "config"), config);
    }

    /** Creates a connector from {@code {"name": ..., "config": ...}}. */
    public JsonNode create(JsonNode connector) {
        return send("POST", "connectors", connector);
    }

    /** The answer of the validation, errors and all; that there are errors is no exception. */
    public JsonNode validate(String pluginClass, Map<String, String> config) {
        return send("PUT", "connector-plugins/" + pluginClass + "/config/validate", config);
    }

    public JsonNode status(String connector) {
        return send("GET", path(connector, "status"), null);
    }

    /** As it was given, references and all. */
    public Map<String, String> config(String connector) {
        return JSON.convertValue(
                send("GET", path(connector, "config"), null),
                JSON.getTypeFactory().constructMapType(Map.class, String.class, String.class));
    }

    public JsonNode tasks(String connector) {
        return send("GET", path(connector, "tasks"), null);
    }

    public List<String> connectors() {
        return JSON.convertValue(
                send("GET", "connectors", null),
                JSON.getTypeFactory().constructCollectionType(List.class, String.class));
    }

    public void pause(String connector) {
        send("PUT", path(connector, "pause"), null);
        awaitState(connector, "PAUSED");
    }

    public void resume(String connector) {
        send("PUT", path(connector, "resume"), null);
        awaitRunning(connector);
    }

    public void stop(String connector) {
        send("PUT", path(connector, "stop"), null);
        awaitState(connector, "STOPPED");
    }

    /** Restarts the connector and all its tasks. */
    public void restart(String connector) {
        send("POST", path(connector, "restart") + "?includeTasks=true", null);
    }

    public void delete(String connector) {
        send("DELETE", path(connector, ""), null);
    }

    public JsonNode offsets(String connector) {
        return send("GET", path(connector, "offsets"), null);
    }

    public JsonNode alterOffsets(String connector, JsonNode offsets) {
        return send("PATCH", path(connector, "offsets"), offsets);
    }

    /** Of a connector that is stopped. */
    public void forgetOffsets(String connector) {
        send("DELETE", path(connector, "offsets"), null);
    }

    /** Starts it again without waiting until it runs. */
    public void unpause(String connector) {
        send("PUT", path(connector, "resume"), null);
    }

    /** Waits until the connector and all its tasks, at least one, are RUNNING; fails with the trace when one FAILED. */
    public void awaitRunning(String connector) {
        awaitState(connector, "RUNNING");
    }

    /** Waits until the connector and all its tasks, if any, are in a state. */
    public void awaitState(String connector, String state) {
        await("connector " + connector + " to be " + state)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(BEAT)
                .until(() -> isIn(connector, state));
    }

    void awaitReady() {
        await("the worker at " + url)
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(BEAT)
                .ignoreExceptionsInstanceOf(StackException.class)
                .until(() -> connectors() != null);
    }

    private boolean isIn(String connector, String state) {
        JsonNode status;
        try {
            status = status(connector);
        } catch (ConnectRestException e) {
            if (e.status() == NOT_FOUND) {
                return false; // created, but no status written yet
            }
            throw e;
        }
        boolean all = isIn(status.path("connector"), connector, state);
        for (JsonNode task : status.path("tasks")) {
            all &= isIn(task, connector, state);
        }
        return all && (!state.equals("RUNNING") || !status.path("tasks").isEmpty());
    }

    private static boolean isIn(JsonNode part, String connector, String state) {
        String actual = part.path("state").asText();
        if (actual.equals("FAILED") && !state.equals("FAILED")) {
            throw new StackException(
                    "connector " + connector + " failed: " + part.path("trace").asText());
        }
        return actual.equals(state);
    }

    private static String path(String connector, String rest) {
        return "connectors/" + connector + (rest.isEmpty() ? "" : "/" + rest);
    }

    /** Null where the answer has no body. */
    private JsonNode send(String method, String path, Object body) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            HttpResponse<String> response = sendOnce(method, path, body);
            if (response.statusCode() < 300) {
                return response.body().isEmpty() ? null : parse(response.body());
            }
            boolean rebalancing =
                    response.statusCode() == CONFLICT && !response.body().contains("already exists");
            if (!rebalancing || System.nanoTime() > deadline) {
                throw new ConnectRestException(method + " " + path, response.statusCode(), message(response.body()));
            }
            await().pollDelay(BEAT).until(() -> true);
        }
    }

    private HttpResponse<String> sendOnce(String method, String path, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(url.resolve("/" + path))
                    .timeout(Duration.ofSeconds(90)) // Connect's own validation may take that long
                    .header("Content-Type", "application/json")
                    .method(
                            method,
                            body == null
                                    ? BodyPublishers.noBody()
                                    : BodyPublishers.ofString(JSON.writeValueAsString(body)))
                    .build();
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new StackException(method + " " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException(method + " " + path, e);
        }
    }

    /** Connect's own words, where it wrote the answer. */
    private static String message(String body) {
        try {
            return JSON.readTree(body).path("message").asText(body);
        } catch (IOException e) {
            return body;
        }
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
