package io.cdcprogress.config;

import io.cdcprogress.model.Thresholds;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.Width;

/** From when on a pipeline counts as behind, at risk or stalled: once for all pipelines, and once more for each. */
final class ThresholdKeys {
    static final String STALL_AFTER_MS = "stall.after.ms";
    static final String BEHIND_MIN_MS = "behind.min.ms";
    static final String BEHIND_MIN_BYTES = "behind.min.bytes";
    static final String SLOT_LOSS_HORIZON_MS = "slot.loss.horizon.ms";
    static final String RETENTION_LOSS_HORIZON_MS = "retention.loss.horizon.ms";

    /** A key, its default for all pipelines, and what it means; null where another key says. */
    private record Key(String name, Long fallback, long min, long max, String unit, String display, String doc) {
        static Key millis(String name, Long fallback, long min, String display, String doc) {
            return new Key(name, fallback, min, Duration.ofDays(365).toMillis(), " (milliseconds)", display, doc);
        }
    }

    private static final List<Key> KEYS = List.of(
            Key.millis(
                    STALL_AFTER_MS,
                    Duration.ofMinutes(3).toMillis(),
                    100,
                    "Stalled after",
                    "How long a position must stand still, with work waiting, to be called stalled, in milliseconds."),
            Key.millis(
                    BEHIND_MIN_MS,
                    null,
                    0,
                    "Behind: milliseconds",
                    "A pipeline is called behind only when its lag is older than this, in milliseconds. Unless given, what a"
                            + " healthy pipeline may seem late by: twice flush.interval.ms, twice poll.interval.ms,"
                            + " inference.settle.ms, and 10 s for Debezium's status.update.interval.ms."),
            new Key(
                    BEHIND_MIN_BYTES,
                    0L,
                    0,
                    Long.MAX_VALUE,
                    " (bytes)",
                    "Behind: bytes",
                    "A pipeline is called behind only when its lag is at least this, in bytes of WAL, and older than"
                            + " behind.min.ms."),
            Key.millis(
                    SLOT_LOSS_HORIZON_MS,
                    Duration.ofHours(1).toMillis(),
                    0,
                    "Slot loss horizon",
                    "WAL_LIMIT_NEAR is said when PostgreSQL will invalidate the slot within this, in milliseconds."),
            Key.millis(
                    RETENTION_LOSS_HORIZON_MS,
                    Duration.ofHours(1).toMillis(),
                    0,
                    "Retention loss horizon",
                    "RETENTION_NEAR is said when Kafka's retention will overtake the sink within this, in milliseconds."));

    private ThresholdKeys() {}

    static List<String> names() {
        return KEYS.stream().map(Key::name).toList();
    }

    static void defineForAll(ConfigDef definition, String group) {
        int order = 0;
        for (Key key : KEYS) {
            define(definition, key, key.name, key.fallback, key.doc, group, ++order);
        }
    }

    static void defineForPipeline(ConfigDef definition, String prefix, String group, int firstOrder) {
        int order = firstOrder;
        for (Key key : KEYS) {
            String doc = key.doc + " Overrides " + key.name + " for this pipeline.";
            define(definition, key, prefix + key.name, null, doc, group, order++);
        }
    }

    private static void define(
            ConfigDef definition, Key key, String name, Long fallback, String doc, String group, int order) {
        definition.define(
                name,
                Type.LONG,
                fallback,
                Validators.between(key.min, key.max, key.unit),
                Importance.LOW,
                doc,
                group,
                order,
                Width.SHORT,
                key.display);
    }

    /**
     * The thresholds of a pipeline.
     *
     * @param value of one of these keys for it; null where it has none
     * @param seemsLate what a healthy pipeline may seem late by
     */
    static Thresholds of(Function<String, Long> value, Duration flushInterval, Duration seemsLate, boolean positions) {
        Long behind = value.apply(BEHIND_MIN_MS);
        return new Thresholds(
                Duration.ofMillis(value.apply(STALL_AFTER_MS)),
                flushInterval,
                behind == null ? seemsLate : Duration.ofMillis(behind),
                value.apply(BEHIND_MIN_BYTES),
                Duration.ofMillis(value.apply(SLOT_LOSS_HORIZON_MS)),
                Duration.ofMillis(value.apply(RETENTION_LOSS_HORIZON_MS)),
                positions);
    }
}
