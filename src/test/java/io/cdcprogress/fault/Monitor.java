package io.cdcprogress.fault;

import io.cdcprogress.Deployment;
import io.cdcprogress.stack.ProgressReader;
import io.cdcprogress.stack.Worker;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The connector, deployed, and all that it publishes, by pipeline and in the order in which it came. */
final class Monitor implements AutoCloseable {
    /** Of real waiting; what a test asks for is far less. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, List<Seen>> seen = new HashMap<>();
    private final Deployment deployment;
    private final Thread thread;
    private volatile boolean closing;
    private RuntimeException failure;

    Monitor(Deployment deployment, Worker worker) {
        this.deployment = deployment.deploy(worker);
        this.thread = new Thread(this::read, "monitor-" + deployment.name());
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        try (ProgressReader reader = deployment.progress()) {
            while (!closing) {
                reader.poll(Duration.ofMillis(100)).forEach(this::keep);
            }
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void keep(ProgressReader.Entry entry) {
        String pipeline = entry.key().path("pipeline").asText();
        seen.computeIfAbsent(pipeline, name -> new ArrayList<>())
                .add(new Seen(System.currentTimeMillis(), entry.value()));
        notifyAll();
    }

    private synchronized void fail(RuntimeException e) {
        failure = e;
        notifyAll();
    }

    synchronized List<Seen> all(String pipeline) {
        return List.copyOf(seen.getOrDefault(pipeline, List.of()));
    }

    /** The record of that index; waits for it. */
    synchronized Seen at(String pipeline, int index) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (seen.getOrDefault(pipeline, List.of()).size() <= index) {
            if (failure != null) {
                throw new IllegalStateException("the progress topic could not be read", failure);
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("no record of " + pipeline + " in " + PATIENCE.toSeconds() + " s");
            }
            wait(1000);
        }
        return seen.get(pipeline).get(index);
    }

    /** The first record of an observation that was made after that time; waits for it. */
    Seen firstAfter(String pipeline, long millis) throws InterruptedException {
        int index = 0;
        while (at(pipeline, index).observedAt() <= millis) {
            index++;
        }
        return at(pipeline, index);
    }

    @Override
    public void close() {
        closing = true;
        deployment.close();
    }
}
