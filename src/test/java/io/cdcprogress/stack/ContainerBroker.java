package io.cdcprogress.stack;

import com.github.dockerjava.api.command.InspectContainerResponse;
import java.util.Locale;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/** A broker and controller in a container. */
final class ContainerBroker implements Broker {
    private static final int PORT = 9092;
    private static final String ALIAS = "kafka";
    private static final String INTERNAL = ALIAS + ":9093";

    private final Node node;

    ContainerBroker(Network network, KafkaRelease release) {
        node = new Node(release);
        node.withNetwork(network)
                .withNetworkAliases(ALIAS)
                .withExposedPorts(PORT)
                .withEnv("KAFKA_NODE_ID", "1")
                .withEnv("KAFKA_PROCESS_ROLES", "broker,controller")
                .withEnv("KAFKA_LISTENERS", "HOST://:9092,INTERNAL://:9093,CONTROLLER://:9094")
                .withEnv(
                        "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
                        "HOST:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT")
                .withEnv("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER")
                .withEnv("KAFKA_INTER_BROKER_LISTENER_NAME", "INTERNAL")
                .withEnv("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9094");
        EmbeddedBroker.SETTINGS.forEach(
                (key, value) -> node.withEnv("KAFKA_" + key.replace('.', '_').toUpperCase(Locale.ROOT), value));
        node.start();
    }

    @Override
    public String bootstrapServers() {
        return node.hostAddress().toString();
    }

    @Override
    public String workerBootstrapServers() {
        return INTERNAL;
    }

    @Override
    public void close() {
        node.close();
    }

    /** Waits for its start script: what it advertises is known only when the container has its port. */
    private static final class Node extends GenericContainer<Node> {
        private static final String SCRIPT = "/tmp/start.sh";

        Node(KafkaRelease release) {
            super(DockerImageName.parse("apache/kafka:" + release.version()));
            withCommand("sh", "-c", "until [ -f " + SCRIPT + " ]; do sleep 0.1; done; sh " + SCRIPT);
            waitingFor(Wait.forLogMessage(".*Kafka Server started.*", 1));
        }

        Address hostAddress() {
            return new Address(getHost(), getMappedPort(PORT));
        }

        @Override
        protected void containerIsStarting(InspectContainerResponse container) {
            String script = "export KAFKA_ADVERTISED_LISTENERS=HOST://" + hostAddress() + ",INTERNAL://" + INTERNAL
                    + "\nexec /etc/kafka/docker/run\n";
            copyFileToContainer(Transferable.of(script), SCRIPT);
        }
    }
}
