package io.cdcprogress.stack;

import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.utility.DockerImageName;

/** PostgreSQL in a container. */
final class ContainerDatabase implements Database {
    private static final int PORT = 5432;
    private static final String ALIAS = "postgres";

    private final GenericContainer<?> container;

    ContainerDatabase(Network network) {
        container = new GenericContainer<>(DockerImageName.parse("postgres:17"))
                .withNetwork(network)
                .withNetworkAliases(ALIAS)
                .withEnv("POSTGRES_PASSWORD", "postgres")
                .withExposedPorts(PORT)
                .withCommand(
                        "postgres",
                        "-c",
                        "wal_level=logical",
                        "-c",
                        "track_commit_timestamp=on",
                        "-c",
                        "max_replication_slots=20",
                        "-c",
                        "max_wal_senders=20")
                // Its first start only initialises the data folder.
                .waitingFor(Wait.forLogMessage(".*database system is ready to accept connections.*", 2));
        container.start();
    }

    @Override
    public Address address() {
        return new Address(container.getHost(), container.getMappedPort(PORT));
    }

    @Override
    public Address workerAddress() {
        return new Address(ALIAS, PORT);
    }

    @Override
    public void close() {
        container.close();
    }
}
