package io.cdcprogress.resolve.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cdcprogress.observe.Deadline;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.PluginFolders;
import io.cdcprogress.stack.TargetFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The built plugin among the class loaders of a real worker; hence all by reflection. */
@Tag("embedded")
class PluginFolderIT {
    private static final String CONNECTOR = "io.cdcprogress.CdcProgressSourceConnector";
    private static final Path OURS = PluginFolders.path().resolve("kafka-connect-cdc-progress");

    @Test
    void carriesOfDebeziumTwoEnumerationsAndAnnouncesNothingOfIt() throws Exception {
        List<String> entries = new ArrayList<>();
        Path lib = TargetFolder.files(OURS, "*").get(0).resolve("lib");
        for (Path jar : TargetFolder.files(lib, "*.jar")) {
            try (JarFile file = new JarFile(jar.toFile())) {
                file.stream()
                        .filter(entry -> !entry.isDirectory())
                        .map(JarEntry::getName)
                        .forEach(entries::add);
            }
        }
        assertThat(entries.stream().filter(name -> name.startsWith("io/debezium/")))
                .containsExactlyInAnyOrder(
                        "io/debezium/connector/SnapshotRecord.class", "io/debezium/data/Envelope$Operation.class");
        assertThat(entries.stream().filter(name -> name.startsWith("META-INF/services/")))
                .containsExactlyInAnyOrder(
                        "META-INF/services/java.sql.Driver",
                        "META-INF/services/org.apache.kafka.connect.rest.ConnectRestExtension",
                        "META-INF/services/org.apache.kafka.connect.source.SourceConnector");
    }

    @ParameterizedTest
    @EnumSource(KafkaRelease.class)
    void theWorkerFindsNoPluginOfDebeziumInOurFolder(KafkaRelease release) throws Exception {
        Object plugins = plugins(release, OURS);
        assertThat(names(plugins, "sourceConnectors")).contains(CONNECTOR);
        for (String kind :
                List.of("sourceConnectors", "sinkConnectors", "converters", "transformations", "predicates")) {
            assertThat(names(plugins, kind)).noneMatch(name -> name.startsWith("io.debezium"));
        }
    }

    @ParameterizedTest
    @EnumSource(KafkaRelease.class)
    void convertersOfTheWorkerAndOfOtherFoldersAreFound(KafkaRelease release) throws Exception {
        Object plugins = plugins(release, PluginFolders.path());
        assertThat(decoded(plugins, release, "org.apache.kafka.connect.json.JsonConverter"))
                .contains("bound=0/D2, committedAt=1970-01-01T00:00:00.000007Z, kind=STREAMED", "problem=null");
        assertThat(decoded(plugins, release, "io.debezium.converters.BinaryDataConverter"))
                .as("it is in Debezium's folder alone, and makes bytes of bytes")
                .contains("problem=not a structure");
        assertThat(decoded(plugins, release, null)).contains("kind=STREAMED");
        assertThatThrownBy(() -> decoded(plugins, release, "no.Such"))
                .rootCause()
                .hasMessageContaining("no class no.Such");
    }

    private static Object plugins(KafkaRelease release, Path path) throws Exception {
        return release.loader()
                .loadClass("org.apache.kafka.connect.runtime.isolation.Plugins")
                .getConstructor(Map.class)
                .newInstance(Map.of("plugin.path", path.toString(), "plugin.discovery", "service_load"));
    }

    private static List<String> names(Object plugins, String kind) throws Exception {
        List<String> names = new ArrayList<>();
        for (Object plugin : (Collection<?>) plugins.getClass().getMethod(kind).invoke(plugins)) {
            names.add((String) plugin.getClass().getMethod("className").invoke(plugin));
        }
        return names;
    }

    /** What the decoder of our folder, with such a converter, makes of a change. */
    private static String decoded(Object plugins, KafkaRelease release, String converter) throws Exception {
        ClassLoader delegating =
                (ClassLoader) plugins.getClass().getMethod("delegatingLoader").invoke(plugins);
        ClassLoader ours = delegating.loadClass(CONNECTOR).getClassLoader();
        assertThat(ours).isNotIn(delegating, release.loader());
        Class<?> type = ours.loadClass(ChangeDecoder.class.getName());
        Class<?> settings = ours.loadClass("io.cdcprogress.config.ConverterSettings");
        Object decoder = type.getMethod("of", String.class, settings)
                .invoke(
                        null,
                        "shop",
                        settings.getConstructor(String.class, Map.class)
                                .newInstance(converter, Map.of("schemas.enable", "false")));
        Class<?> deadline = ours.loadClass(Deadline.class.getName());
        type.getMethod("begin", deadline)
                .invoke(decoder, deadline.getMethod("in", Duration.class).invoke(null, Duration.ofMinutes(5)));
        Class<?> record = release.loader().loadClass("org.apache.kafka.clients.consumer.ConsumerRecord");
        return type.getMethod("decode", record)
                .invoke(
                        decoder,
                        record.getConstructor(String.class, int.class, long.class, Object.class, Object.class)
                                .newInstance("t", 0, 0L, null, ChangeTopic.change(0xD2)))
                .toString();
    }
}
