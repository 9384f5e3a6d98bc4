package io.cdcprogress.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A TCP port in front of another. What clients send can be held back, or let through slowly; answers pass at once. A
 * connection that is held stays open, as with a broker that takes nothing.
 */
public final class ThrottledProxy implements AutoCloseable {
    private static final int CHUNK = 4096;
    /** What may pass at once after a pause, in parts of a second's worth: little, so that the rate is even. */
    private static final long BURST_PARTS = 20;

    private final ServerSocket listening;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile int target;
    private boolean held;
    private long bytesPerSecond = Long.MAX_VALUE;
    private long paidUntil = System.nanoTime();

    private ThrottledProxy(ServerSocket listening) {
        this.listening = listening;
    }

    /** Listens on a free port of this machine; connections wait until {@link #forwardTo} has been called. */
    public static ThrottledProxy listen() {
        try {
            ThrottledProxy proxy = new ThrottledProxy(new ServerSocket(0, 50, InetAddress.getByName("localhost")));
            start("proxy-" + proxy.port(), proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** The port on this machine where connections go from now on. */
    public void forwardTo(int port) {
        target = port;
        signal(() -> {});
    }

    /** Nothing that clients send gets through until {@link #release}. */
    public void hold() {
        signal(() -> held = true);
    }

    public void release() {
        signal(() -> held = false);
    }

    /** For all connections together. */
    public void limit(long bytes) {
        signal(() -> bytesPerSecond = bytes);
    }

    public void unlimited() {
        limit(Long.MAX_VALUE);
    }

    private void signal(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns when so many bytes may pass. */
    private void pass(int bytes) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                long now = System.nanoTime();
                long second = TimeUnit.SECONDS.toNanos(1);
                paidUntil = Math.max(paidUntil, now - second / BURST_PARTS);
                if (!held && (bytesPerSecond == Long.MAX_VALUE || paidUntil <= now)) {
                    paidUntil += bytesPerSecond == Long.MAX_VALUE ? 0 : second * bytes / bytesPerSecond;
                    return;
                }
                changed.awaitNanos(held ? second : paidUntil - now);
            }
        } finally {
            lock.unlock();
        }
    }

    private void accept() throws IOException, InterruptedException {
        while (!listening.isClosed()) {
            Socket client = listening.accept();
            open.add(client);
            while (target == 0) {
                lock.lockInterruptibly();
                try {
                    changed.await(1, TimeUnit.SECONDS);
                } finally {
                    lock.unlock();
                }
            }
            Socket server = new Socket(InetAddress.getByName("localhost"), target);
            open.add(server);
            start("proxy-in", () -> copy(client, server, true));
            start("proxy-out", () -> copy(server, client, false));
        }
    }

    private void copy(Socket from, Socket to, boolean throttled) throws IOException, InterruptedException {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (throttled) {
                    pass(read);
                }
                out.write(chunk, 0, read);
            }
        } finally {
            open.remove(from);
            open.remove(to);
        }
    }

    /** What a thread does until its sockets close. */
    private interface Loop {
        void run() throws IOException, InterruptedException;
    }

    private static void start(String name, Loop loop) {
        Thread thread = new Thread(
                () -> {
                    try {
                        loop.run();
                    } catch (IOException e) {
                        // One of the two ends has closed its socket, and so ends the other.
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    /** Closes its connections as well. */
    @Override
    public void close() {
        release();
        unlimited();
        try {
            listening.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
