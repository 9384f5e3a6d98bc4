package io.cdcprogress.stack;

import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/** A distributed worker in a container of Kafka's own image. */
final class ContainerWorker implements Worker {
    private static final int PORT = 8083;
    private static final String PROPERTIES = "/tmp/connect.properties";

    private final GenericContainer<?> container;
    private final ConnectRest rest;

    ContainerWorker(Network network, KafkaRelease release, Broker broker) {
        Map<String, String> settings = WorkerSettings.of(
                Unique.name("connect"),
                broker.workerBootstrapServers(),
                Map.of("listeners", "http://:" + PORT, "plugin.path", "/plugins"));
        String properties = settings.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
        container = new GenericContainer<>(DockerImageName.parse("apache/kafka:" + release.version()))
                .withNetwork(network)
                .withExposedPorts(PORT)
                .withCopyFileToContainer(MountableFile.forHostPath(PluginFolders.path()), "/plugins")
                .withCopyToContainer(Transferable.of(properties), PROPERTIES)
                .withCommand("/opt/kafka/bin/connect-distributed.sh", PROPERTIES)
                .waitingFor(Wait.forHttp("/connectors").forPort(PORT));
        container.start();
        rest = new ConnectRest(URI.create("http://" + container.getHost() + ":" + container.getMappedPort(PORT)));
    }

    @Override
    public ConnectRest rest() {
        return rest;
    }

    @Override
    public void close() {
        container.close();
    }
}
