package io.cdcprogress.stack;

import java.util.Map;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.test.KafkaClusterTestKit;
import org.apache.kafka.common.test.TestKitNodes;
import org.apache.kafka.server.common.MetadataVersion;

/** A broker and controller in this JVM. */
public final class EmbeddedBroker implements Broker {
    /** Topics are created by Connect or by the test, never by a client in passing. */
    static final Map<String, String> SETTINGS = Map.of(
            "auto.create.topics.enable", "false",
            "group.initial.rebalance.delay.ms", "0",
            "offsets.topic.num.partitions", "1",
            "offsets.topic.replication.factor", "1",
            "transaction.state.log.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1");

    private final KafkaClusterTestKit cluster;

    private EmbeddedBroker(KafkaClusterTestKit cluster) {
        this.cluster = cluster;
    }

    public static EmbeddedBroker start() {
        return start(Map.of());
    }

    public static EmbeddedBroker start(Map<String, String> settings) {
        return AtExit.stop(() -> startNow(settings));
    }

    private static EmbeddedBroker startNow(Map<String, String> settings) {
        KafkaClusterTestKit cluster = null;
        try {
            TestKitNodes nodes = new TestKitNodes.Builder()
                    .setBootstrapMetadataVersion(MetadataVersion.latestProduction())
                    .setCombined(true)
                    .setNumControllerNodes(1)
                    .setNumBrokerNodes(1)
                    .setBaseDirectory(TargetFolder.fresh("kafka"))
                    .build();
            KafkaClusterTestKit.Builder builder = new KafkaClusterTestKit.Builder(nodes);
            SETTINGS.forEach(builder::setConfigProp);
            settings.forEach(builder::setConfigProp);
            cluster = builder.build();
            cluster.format();
            cluster.startup();
            cluster.waitForReadyBrokers();
            return new EmbeddedBroker(cluster);
        } catch (Exception e) {
            StackException failure = new StackException("the Kafka broker did not start", e);
            close(cluster, failure);
            throw failure;
        }
    }

    private static void close(KafkaClusterTestKit cluster, Exception cause) {
        try {
            if (cluster != null) {
                cluster.close();
            }
        } catch (Exception e) {
            cause.addSuppressed(e);
        }
    }

    @Override
    public String bootstrapServers() {
        return cluster.bootstrapServers();
    }

    /** Where a listener of that name is bound on this machine. */
    int port(String listener) {
        return cluster.brokers().values().iterator().next().boundPort(ListenerName.normalised(listener));
    }

    @Override
    public void close() {
        AtExit.forget(this);
        try {
            cluster.close();
        } catch (Exception e) {
            throw new StackException("the Kafka broker did not stop", e);
        }
    }
}
