package io.cdcprogress.stack;

import org.testcontainers.containers.Network;

/** The same parts as containers on a network of their own. */
final class ContainerParts implements StackParts {
    private final Network network = Network.newNetwork();

    @Override
    public Database database() {
        return new ContainerDatabase(network);
    }

    @Override
    public Broker broker() {
        return new ContainerBroker(network, KafkaRelease.V4_3);
    }

    @Override
    public Worker worker(KafkaRelease release, Broker broker) {
        return new ContainerWorker(network, release, broker);
    }
}
