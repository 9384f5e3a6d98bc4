package io.cdcprogress.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.stack.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Asks a worker as any client would. */
final class RestClient {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI worker;

    RestClient(Worker worker) {
        this.worker = worker.rest().url();
    }

    HttpResponse<String> get(String path, String... headers) {
        return ask(path, headers).join();
    }

    CompletableFuture<HttpResponse<String>> ask(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(worker.resolve(path)).timeout(PATIENCE);
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.sendAsync(request.build(), BodyHandlers.ofString());
    }

    /** Of the endpoint's answer with that status. */
    JsonNode json(int status, String path) {
        HttpResponse<String> response = get("/api/v1/monitoring" + path);
        if (response.statusCode() != status) {
            throw new AssertionError(path + " answered " + response.statusCode() + ": " + response.body());
        }
        return json(response);
    }

    static JsonNode json(HttpResponse<String> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
