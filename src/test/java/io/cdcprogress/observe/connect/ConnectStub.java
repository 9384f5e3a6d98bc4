package io.cdcprogress.observe.connect;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers like a worker, counts, and fails when it is told to. */
final class ConnectStub implements AutoCloseable {
    static final String LISTING = ConnectReader.LISTING;
    static final String OFFSETS = "/connectors/orders/offsets";

    record Reply(int status, String body) {}

    final List<String> requests = new CopyOnWriteArrayList<>();
    final Map<String, Reply> replies = new ConcurrentHashMap<>();
    final List<String> logins = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    /** To everything, instead of what it would answer. */
    volatile Reply instead;

    ConnectStub() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        replies.put("/", new Reply(200, "{\"version\":\"4.3.1\",\"kafka_cluster_id\":\"cluster\"}"));
        replies.put(LISTING, new Reply(200, listing("RUNNING")));
        replies.put(OFFSETS, new Reply(200, StoredOffsetsTest.STREAMED));
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    static String listing(String state) {
        return """
                {"orders": {"info": {"type": "source", "config": {"topic.prefix": "cdc", "database.password": "hush"}},
                            "status": {"connector": {"state": "%s"}, "tasks": [{"id": 0, "state": "%1$s"}]}},
                 "sink": {"info": {"type": "sink", "config": {"topics": "cdc.public.orders"}},
                          "status": {"connector": {"state": "RUNNING"}, "tasks": []}}}""".formatted(state);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            String login = exchange.getRequestHeaders().getFirst("Authorization");
            logins.add(login == null ? "none" : login);
            Reply reply = instead == null ? replies.getOrDefault(path, new Reply(404, "{}")) : instead;
            if (reply.status() >= 300 && reply.status() < 400) {
                exchange.getResponseHeaders().add("Location", reply.body());
            }
            byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    long count(String path) {
        return requests.stream().filter(path::equals).count();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
