package io.cdcprogress.rest;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The example in docs/http.md. */
final class WaitForSink {
    private WaitForSink() {}

    /** Whether the pipeline's sink has what was committed up to an LSN; asks again until it has, or the time is over. */
    static boolean reached(URI connect, String pipeline, String lsn, Duration patience)
            throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        URI question = connect.resolve(
                "/api/v1/monitoring/pipelines/" + pipeline + "/reached?lsn=" + lsn + "&timeout_ms=10000");
        Instant end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            HttpResponse<String> answer =
                    client.send(HttpRequest.newBuilder(question).build(), BodyHandlers.ofString());
            if (answer.statusCode() == 200 && answer.body().contains("\"reached\":true")) {
                return true;
            }
            if (answer.statusCode() == 503) { // not yet; the header says when
                TimeUnit.SECONDS.sleep(
                        answer.headers().firstValueAsLong("Retry-After").orElse(1));
            } else if (answer.statusCode() != 200) {
                throw new IOException(answer.body());
            }
        }
        return false;
    }
}
