package io.cdcprogress.resolve.model;

import java.util.ArrayList;
import java.util.List;

/** One incarnation of a topic. */
final class Topic {
    final String name;
    final String id;
    final List<Log> logs = new ArrayList<>();

    Topic(String name, int generation, int partitions, long now) {
        this.name = name;
        this.id = name + "#" + generation;
        for (int i = 0; i < partitions; i++) {
            grow(now);
        }
    }

    void grow(long now) {
        logs.add(new Log(this, logs.size(), now));
    }
}
