package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;

/** What the worker's properties say. */
class ReaderSettingsTest {
    @Test
    void topicsHaveTheConnectorsNamesUnlessToldOtherwise() {
        assertThat(ReaderSettings.of(Map.of()).progressTopic()).isEqualTo("cdc.progress");
        assertThat(ReaderSettings.of(Map.of()).partitionsTopic()).isEqualTo("cdc.progress.partitions");
        ReaderSettings given =
                ReaderSettings.of(Map.of("cdc.progress.topic", "a", "cdc.progress.partitions.topic", " "));
        assertThat(given.progressTopic()).isEqualTo("a");
        assertThat(given.partitionsTopic()).isNull();
    }

    @Test
    void theConsumerIsTheWorkersButForWhatWouldCommitJoinOrCreate() {
        Map<String, Object> consumer = ReaderSettings.of(Map.of(
                        "bootstrap.servers", "kafka:9092",
                        "group.id", "connect",
                        "security.protocol", "SASL_SSL",
                        "sasl.jaas.config", "for the worker",
                        "consumer.sasl.jaas.config", "for consumers",
                        "consumer.group.id", "mine",
                        "consumer.enable.auto.commit", "true",
                        "consumer.isolation.level", "read_uncommitted",
                        "value.converter", "org.apache.kafka.connect.json.JsonConverter",
                        "producer.acks", "1"))
                .consumer();
        assertThat(consumer)
                .containsEntry("bootstrap.servers", "kafka:9092")
                .containsEntry("security.protocol", "SASL_SSL")
                .containsEntry("sasl.jaas.config", "for consumers")
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("enable.auto.commit", false)
                .containsEntry("allow.auto.create.topics", false)
                .doesNotContainKeys("group.id", "acks", "producer.acks", "value.converter");
    }

    @Test
    void theConverterIsTheWorkersUnlessItIsGiven() {
        Map<String, String> worker = Map.of("value.converter", "AvroConverter", "value.converter.url", "http://one");
        assertThat(ReaderSettings.of(worker).converter()).isEqualTo("AvroConverter");
        assertThat(ReaderSettings.of(worker).converterSettings()).isEqualTo(Map.of("url", "http://one"));
        ReaderSettings own = ReaderSettings.of(Map.of(
                "value.converter", "AvroConverter",
                "value.converter.url", "http://one",
                "cdc.progress.value.converter", "ProtobufConverter",
                "cdc.progress.value.converter.url", "http://two"));
        assertThat(own.converter()).isEqualTo("ProtobufConverter");
        assertThat(own.converterSettings()).isEqualTo(Map.of("url", "http://two"));
    }

    @Test
    void aConverterThatCantBeMadeIsNamedWithItsKeyAndNoSecret() {
        assertThatThrownBy(() -> made(Map.of("cdc.progress.value.converter", "no.such.Converter")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("no.such.Converter")
                .hasMessageContaining("cdc.progress.value.converter");
        assertThatThrownBy(() -> made(Map.of("cdc.progress.value.converter", "java.lang.String")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("is not a converter");
        assertThatThrownBy(() -> made(Map.of("value.converter.schemas.cache.size", "hunter2")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("value.converter.*")
                .hasMessageNotContaining("hunter2");
    }

    private static void made(Map<String, String> worker) {
        ValueConverter.create(ReaderSettings.of(worker));
    }

    @Test
    void itsTextHoldsNoSecret() {
        assertThat(ReaderSettings.of(Map.of("sasl.jaas.config", "hunter2", "value.converter.basic.auth", "hunter2")))
                .hasToString("records on cdc.progress and cdc.progress.partitions, by"
                        + " org.apache.kafka.connect.json.JsonConverter");
    }
}
