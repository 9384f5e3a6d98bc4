package io.cdcprogress.config;

import java.util.List;

/** Keys of a task's configuration only, for what discovery has found that no user could write. */
public final class TaskKeys {
    /** Longer prefixes of pipelines that other tasks observe. */
    public static final String LONGER_PREFIXES = "task.longer.prefixes";

    /** Keys that the user has to set, since their values could not be discovered. */
    public static final String UNKNOWN = "task.unknown.keys";

    private TaskKeys() {}

    static List<String> list(CdcProgressConfig config, String key) {
        Object value = config.originals().get(key);
        return value == null ? List.of() : List.of(value.toString().split(","));
    }
}
