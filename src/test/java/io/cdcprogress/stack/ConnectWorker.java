package io.cdcprogress.stack;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;

/** A worker in this JVM, on the class path of its own release; hence all by reflection. */
public final class ConnectWorker implements Worker {
    private final ClassLoader loader;
    private final Object connect;
    private final ConnectRest rest;

    private ConnectWorker(ClassLoader loader, Object connect, ConnectRest rest) {
        this.loader = loader;
        this.connect = connect;
        this.rest = rest;
    }

    /** A worker in a Connect cluster of its own. */
    public static ConnectWorker start(KafkaRelease release, Broker broker) {
        return start(release, broker, Unique.name("connect"), Map.of());
    }

    /** Closed and started again under the same cluster name it goes on with its connectors and offsets. */
    public static ConnectWorker start(KafkaRelease release, Broker broker, String cluster, Map<String, String> more) {
        return AtExit.stop(() -> startNow(release, broker, cluster, more));
    }

    private static ConnectWorker startNow(
            KafkaRelease release, Broker broker, String cluster, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("listeners", "http://127.0.0.1:0");
        settings.put("plugin.path", PluginFolders.path().toString());
        settings.putAll(more);
        ClassLoader loader = release.loader();
        try {
            Object connect = in(loader, () -> {
                keepOutOfThisProcess(loader);
                Class<?> cli = loader.loadClass("org.apache.kafka.connect.cli.ConnectDistributed");
                Object distributed = cli.getConstructor(String[].class).newInstance((Object) new String[0]);
                return cli.getMethod("startConnect", Map.class)
                        .invoke(distributed, WorkerSettings.of(cluster, broker.workerBootstrapServers(), settings));
            });
            Object server = connect.getClass().getMethod("rest").invoke(connect);
            URI url = (URI) server.getClass().getMethod("advertisedUrl").invoke(server);
            ConnectRest rest = new ConnectRest(url);
            ConnectWorker worker = new ConnectWorker(loader, connect, rest);
            worker.awaitReady();
            return worker;
        } catch (ReflectiveOperationException e) {
            throw failure(release + " did not start", e);
        }
    }

    /**
     * Connect ends its process when it cannot go on; here that would end the tests. And it stops by a hook of its own
     * when the process ends, which would be before or after its turn.
     */
    private static void keepOutOfThisProcess(ClassLoader loader) throws ReflectiveOperationException {
        String name = "org.apache.kafka.common.utils.Exit";
        Class<?> exit = loader.loadClass(name);
        Class<?> procedure = loader.loadClass(name + "$Procedure");
        Class<?> hookAdder = loader.loadClass(name + "$ShutdownHookAdder");
        Object refusal = Proxy.newProxyInstance(loader, new Class<?>[] {procedure}, (proxy, method, arguments) -> {
            throw new StackException("the worker gave up with status " + arguments[0] + "; its log says why");
        });
        Object nothing = Proxy.newProxyInstance(loader, new Class<?>[] {hookAdder}, (proxy, method, arguments) -> null);
        exit.getMethod("setExitProcedure", procedure).invoke(null, refusal);
        exit.getMethod("setHaltProcedure", procedure).invoke(null, refusal);
        exit.getMethod("setShutdownHookAdder", hookAdder).invoke(null, nothing);
    }

    private void awaitReady() {
        try {
            rest.awaitReady();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    @Override
    public ConnectRest rest() {
        return rest;
    }

    @Override
    public void close() {
        AtExit.forget(this);
        try {
            in(loader, () -> {
                connect.getClass().getMethod("stop").invoke(connect);
                return connect.getClass().getMethod("awaitStop").invoke(connect);
            });
        } catch (ReflectiveOperationException e) {
            throw failure("the worker did not stop", e);
        }
    }

    private static <T> T in(ClassLoader loader, Callable<T> action) throws ReflectiveOperationException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(loader);
        try {
            return action.call();
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new StackException("the worker", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static StackException failure(String what, ReflectiveOperationException e) {
        return new StackException(what, e instanceof InvocationTargetException ? e.getCause() : e);
    }
}
