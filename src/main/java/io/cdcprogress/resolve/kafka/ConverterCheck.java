package io.cdcprogress.resolve.kafka;

import io.cdcprogress.config.CdcProgressConfig;
import io.cdcprogress.config.Complaint;
import io.cdcprogress.config.ConverterSettings;
import io.cdcprogress.config.PipelineKeys;
import io.cdcprogress.model.Pipeline;
import java.util.ArrayList;
import java.util.List;

/** Checks that the converters of a configuration can be made on this worker. */
public final class ConverterCheck {
    private ConverterCheck() {}

    /** What is wrong with them, each on the key that names it; empty if nothing is. */
    public static List<Complaint> check(CdcProgressConfig config) {
        List<Complaint> complaints = new ArrayList<>();
        for (Pipeline pipeline : config.pipelines()) {
            ConverterSettings settings = config.valueConverter(pipeline.name());
            if (settings.className() != null) {
                try {
                    ConverterChangeDecoder.create(pipeline.name(), settings).close();
                } catch (NotDecoded e) {
                    complaints.add(new Complaint(
                            PipelineKeys.key(pipeline.name(), PipelineKeys.VALUE_CONVERTER), e.getMessage()));
                }
            }
        }
        return complaints;
    }
}
