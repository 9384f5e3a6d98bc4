package io.cdcprogress.config;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is missing of a discovered pipeline before its database can be asked: the pipeline still has its records. */
final class UnknownDatabase {
    /** What a record shows for what is not known. */
    private static final String UNKNOWN = "?";

    private static final List<String> PLACE = List.of(DatabaseKeys.HOSTNAME, DatabaseKeys.PORT, DatabaseKeys.DBNAME);

    private final CdcProgressConfig config;
    private final String pipeline;
    /** Without the pipeline's prefix. */
    private final Set<String> unknown;

    UnknownDatabase(CdcProgressConfig config, String pipeline) {
        this.config = config;
        this.pipeline = pipeline;
        List<String> undiscovered = TaskKeys.list(config, TaskKeys.UNKNOWN);
        // Those for all pipelines stand in only for what can't be discovered.
        this.unknown = Stream.concat(Stream.of(PipelineKeys.SLOT_NAME), PLACE.stream())
                .filter(key -> undiscovered.contains(PipelineKeys.key(pipeline, key)))
                .filter(key -> !config.originals().containsKey(key))
                .collect(Collectors.toSet());
    }

    Failure failure() {
        if (!unknown.isEmpty()) {
            return new Failure(
                    Finding.SOURCE_UNREACHABLE,
                    "PostgreSQL is not asked, since Debezium's connector does not tell what can be used here: set "
                            + unknown.stream()
                                    .map(key -> PipelineKeys.key(pipeline, key))
                                    .sorted()
                                    .collect(Collectors.joining(", ")));
        }
        if (config.database(pipeline).server().user() == null) {
            return new Failure(
                    Finding.NOT_AUTHORIZED,
                    "PostgreSQL is not asked, since no user is given: set " + DatabaseKeys.USER + " and "
                            + DatabaseKeys.PASSWORD + ", or, for this pipeline alone, "
                            + PipelineKeys.key(pipeline, DatabaseKeys.USER) + " and "
                            + PipelineKeys.key(pipeline, DatabaseKeys.PASSWORD));
        }
        return null;
    }

    String address() {
        PostgresSettings database = config.database(pipeline);
        return known(DatabaseKeys.HOSTNAME, database.server().hostname()) + ":"
                + known(DatabaseKeys.PORT, String.valueOf(database.server().port())) + "/"
                + known(DatabaseKeys.DBNAME, database.dbname());
    }

    String slotName() {
        return known(PipelineKeys.SLOT_NAME, config.getString(PipelineKeys.key(pipeline, PipelineKeys.SLOT_NAME)));
    }

    private String known(String key, String value) {
        return unknown.contains(key) || value == null ? UNKNOWN : value;
    }
}
