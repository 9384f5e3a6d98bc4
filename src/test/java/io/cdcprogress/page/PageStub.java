package io.cdcprogress.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Serves the page's files under the policy of the real extension, and whatever answers it is told to give. */
final class PageStub implements AutoCloseable {
    private static final String PAGE = "/cdc-progress/";
    private static final String API = "/api/v1/monitoring/pipelines";
    private static final List<String> FOLDERS =
            List.of("/io/cdcprogress/rest/page/", "/META-INF/resources/webjars/uplot/" + uplotVersion() + "/dist/");
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

    private final HttpServer server;
    private volatile List<ObjectNode> pipelines = List.of();
    private volatile ObjectNode refusal;

    PageStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::answer);
        server.start();
    }

    private static String uplotVersion() {
        try (InputStream in = PageStub.class.getResourceAsStream("/io/cdcprogress/version.properties")) {
            Properties versions = new Properties();
            versions.load(in);
            return versions.getProperty("uplot.version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + PAGE);
    }

    PageStub gives(ObjectNode... answer) {
        pipelines = List.of(answer);
        refusal = null;
        return this;
    }

    PageStub refuses(int status, String message) {
        refusal = CannedAnswers.error(status, message);
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getRawPath();
        try (exchange) {
            if (path.startsWith(PAGE)) {
                file(exchange, path.equals(PAGE) ? "index.html" : path.substring(PAGE.length()));
            } else if (!path.startsWith(API)) {
                exchange.sendResponseHeaders(404, -1);
            } else if (refusal != null) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                send(exchange, refusal.get("error_code").asInt(), "application/json", bytes(refusal));
            } else {
                send(exchange, 200, "application/json", bytes(answerTo(path.substring(API.length()))));
            }
        }
    }

    /** @param path empty, or {@code /<pipeline>/<what>} */
    private ObjectNode answerTo(String path) {
        if (path.isEmpty()) {
            return CannedAnswers.pipelines(pipelines);
        }
        String[] parts = path.split("/", 3);
        String name = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
        ObjectNode pipeline = pipelines.stream()
                .filter(one -> one.get("pipeline").asText().equals(name))
                .findAny()
                .orElseThrow();
        return parts[2].equals("history") ? CannedAnswers.history(pipeline) : CannedAnswers.partitions(pipeline);
    }

    private static void file(HttpExchange exchange, String name) throws IOException {
        for (String folder : FOLDERS) {
            try (InputStream in = PageStub.class.getResourceAsStream(folder + name)) {
                if (in != null) {
                    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
                    send(exchange, 200, TYPES.get(name.substring(name.lastIndexOf('.') + 1)), in.readAllBytes());
                    return;
                }
            }
        }
        exchange.sendResponseHeaders(404, -1);
    }

    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";

    private static byte[] bytes(ObjectNode json) {
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(status, content.length);
        exchange.getResponseBody().write(content);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
