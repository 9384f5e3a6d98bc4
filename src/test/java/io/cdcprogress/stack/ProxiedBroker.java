package io.cdcprogress.stack;

import java.util.Map;

/**
 * An embedded broker with a second listener behind a proxy, and advertised there. Only who is told of it goes that way:
 * a producer with {@code bootstrap.servers} of its own. All others reach the broker directly.
 */
public final class ProxiedBroker implements Broker {
    private static final String LISTENER = "PROXIED";

    private final EmbeddedBroker broker;
    private final ThrottledProxy proxy;

    private ProxiedBroker(EmbeddedBroker broker, ThrottledProxy proxy) {
        this.broker = broker;
        this.proxy = proxy;
    }

    public static ProxiedBroker start() {
        ThrottledProxy proxy = ThrottledProxy.listen();
        EmbeddedBroker broker = EmbeddedBroker.start(Map.of(
                "listener.security.protocol.map", "EXTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT,PROXIED:PLAINTEXT",
                "listeners", "EXTERNAL://localhost:0,CONTROLLER://localhost:0,PROXIED://localhost:0",
                "advertised.listeners", "EXTERNAL://localhost:0,PROXIED://localhost:" + proxy.port()));
        proxy.forwardTo(broker.port(LISTENER));
        return new ProxiedBroker(broker, proxy);
    }

    public ThrottledProxy proxy() {
        return proxy;
    }

    /** Leads through the proxy, and only through it. */
    public String proxiedBootstrapServers() {
        return "localhost:" + proxy.port();
    }

    @Override
    public String bootstrapServers() {
        return broker.bootstrapServers();
    }

    @Override
    public void close() {
        broker.close();
        proxy.close();
    }
}
