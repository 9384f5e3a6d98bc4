package io.cdcprogress.observe.connect;

import io.cdcprogress.config.ConnectSettings;
import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;

/** GET requests to one of the workers: the one that answered last, and the others in turn where it does not. */
final class ConnectRequests {
    private static final int LAST_SUCCESS = 299;
    private static final int FIRST_CLIENT_ERROR = 400;
    private static final int CONFLICT = 409;
    private static final int FIRST_SERVER_ERROR = 500;

    private final ConnectSettings settings;
    private final Duration timeout;
    private HttpClient client;
    private int current;

    /** @param timeout what one worker is given to answer one request, connecting included */
    ConnectRequests(ConnectSettings settings, Duration timeout) {
        this.settings = settings;
        this.timeout = timeout;
    }

    /** Of what Connect tells of one connector, whatever its name is made of. */
    static String path(String connector, String what) {
        return "/connectors/"
                + URLEncoder.encode(connector, StandardCharsets.UTF_8).replace("+", "%20") + "/" + what;
    }

    /**
     * Asks until a worker has answered or all have failed.
     *
     * @param path begins with a slash
     * @param type what the JSON of the answer is read as
     */
    <T> Answer<T> get(String path, Class<T> type) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        boolean sent = false;
        Integer status = null;
        for (int i = 0; i < settings.urls().size(); i++) {
            Answer<T> answer = getFrom(settings.urls().get(current), path, type);
            if (!answer.failed() || isTheClusters(answer.status())) {
                return answer;
            }
            failures.add(answer.failure().detail());
            sent |= answer.sent();
            status = answer.status();
            current = (current + 1) % settings.urls().size();
        }
        return failed(status, sent, Finding.POSITION_UNKNOWN, String.join("; ", failures));
    }

    /** Whether every worker would answer so: errors of the request itself, but not that a worker is rebalancing. */
    private static boolean isTheClusters(Integer status) {
        return status != null && status >= FIRST_CLIENT_ERROR && status < FIRST_SERVER_ERROR && status != CONFLICT;
    }

    private <T> Answer<T> getFrom(URI url, String path, Class<T> type) throws InterruptedException {
        String what = "Connect at " + url;
        CompletableFuture<HttpResponse<InputStream>> pending;
        try {
            pending = client().sendAsync(request(url, path), BodyHandlers.ofInputStream());
        } catch (KafkaException e) {
            return failed(null, false, Finding.POSITION_UNKNOWN, what + ": connect.ssl.* can't be used: " + cause(e));
        }
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            HttpResponse<InputStream> response = pending.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            return read(what, path, response, type, deadline);
        } catch (TimeoutException e) {
            return failed(null, true, Finding.POSITION_UNKNOWN, what + tooLate());
        } catch (ExecutionException e) {
            return failed(
                    null,
                    !(e.getCause() instanceof ConnectException),
                    Finding.POSITION_UNKNOWN,
                    what + " can't be asked: " + cause(e.getCause()) + "; correct connect.url or start that worker");
        } finally {
            pending.cancel(true);
        }
    }

    private HttpClient client() {
        if (client == null) {
            HttpClient.Builder builder = HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(timeout)
                    // The login is for the configured workers only.
                    .followRedirects(HttpClient.Redirect.NEVER);
            if (settings.urls().stream().anyMatch(url -> url.getScheme().equalsIgnoreCase("https"))) {
                var context = ConnectTls.context(settings.ssl());
                builder.sslContext(context).sslParameters(ConnectTls.parameters(settings.ssl(), context));
            }
            client = builder.build();
        }
        return client;
    }

    private HttpRequest request(URI url, String path) {
        String base = url.toString();
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path))
                .header("Accept", "application/json");
        if (settings.user() != null) {
            // Not only when asked to: Connect's own authentication says 401 without saying how to log in.
            byte[] login = (settings.user() + ":" + settings.password().value()).getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(login));
        }
        return request.build();
    }

    private <T> Answer<T> read(
            String what, String path, HttpResponse<InputStream> response, Class<T> type, long deadline) {
        int status = response.statusCode();
        // An answer that never ends is ended by closing it.
        CompletableFuture<Void> end = CompletableFuture.runAsync(
                () -> close(response.body()),
                CompletableFuture.delayedExecutor(deadline - System.nanoTime(), TimeUnit.NANOSECONDS));
        try (InputStream body = response.body()) {
            if (status > LAST_SUCCESS) {
                return failed(status, true, HttpErrors.finding(status), what + HttpErrors.sentence(status, path));
            }
            return Answer.of(Json.read(body, type));
        } catch (IOException e) {
            // The parser's words repeat what it read, and that may be a secret.
            return failed(
                    null,
                    true,
                    Finding.POSITION_UNKNOWN,
                    System.nanoTime() - deadline >= 0
                            ? what + tooLate()
                            : what + " answered GET " + path + " not as Connect does: correct connect.url");
        } finally {
            end.cancel(false);
        }
    }

    @Override
    public String toString() {
        return settings.toString();
    }

    private String tooLate() {
        return " did not answer within " + timeout.toMillis() + " ms";
    }

    private static void close(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            // It is given up either way, and that is reported.
        }
    }

    private static <T> Answer<T> failed(Integer status, boolean sent, Finding finding, String detail) {
        return new Answer<>(null, status, sent, new Failure(finding, detail));
    }

    /** The first words of it that there are; the HTTP client's own exceptions often have none. */
    private static String cause(Throwable error) {
        Throwable cause = error;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    }
}
