package io.cdcprogress.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A position is found in every form of events that has one. */
@OnStack
@Tag("embedded")
class EventFormatsIT {
    /** How Debezium's connector writes them. */
    enum Format {
        SCHEMALESS_JSON,
        FLAT_WITH_FIELDS,
        FLAT_WITH_FIELDS_SCHEMALESS,
        FLAT_WITH_HEADERS;

        PipelineSpec of(PipelineSpec spec) {
            return switch (this) {
                case SCHEMALESS_JSON -> schemaless(spec);
                case FLAT_WITH_FIELDS -> flat(spec, "add.fields");
                case FLAT_WITH_FIELDS_SCHEMALESS -> schemaless(flat(spec, "add.fields"));
                case FLAT_WITH_HEADERS -> flat(spec, "add.headers");
            };
        }

        private static PipelineSpec schemaless(PipelineSpec spec) {
            return spec.source("value.converter.schemas.enable", "false");
        }

        private static PipelineSpec flat(PipelineSpec spec, String where) {
            return spec.source("transforms", "flat")
                    .source("transforms.flat.type", "io.debezium.transforms.ExtractNewRecordState")
                    .source("transforms.flat.delete.tombstone.handling.mode", "rewrite")
                    .source(
                            "transforms.flat." + where,
                            "source.sequence,source.lsn,source.ts_us,source.ts_ms,source.snapshot,source.txId");
        }
    }

    private final SharedStack stack;

    EventFormatsIT(SharedStack stack) {
        this.stack = stack;
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void positionsAreReadFrom(Format format) {
        PipelineSpec spec = format.of(Trial.spec());
        try (Trial trial = Trial.stepping(spec, stack.database(), stack.broker(), stack.worker(KafkaRelease.V4_3))) {
            trial.monitor("asking", trial.stepsGroup);
            trial.runStepping(3, 8);
            trial.drainStepping("asking");
            Judgement judgement = trial.judge().get("asking " + trial.stepsGroup);
            assertThat(judgement.exactTimes).isPositive();
        }
    }
}
