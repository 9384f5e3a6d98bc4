package io.cdcprogress.discover;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Spreads pipelines over tasks. Pure and stable: the same pipelines always give the same tasks. */
public final class PipelineAssignment {
    private PipelineAssignment() {}

    /**
     * Keeps pipelines of one server together, so that each server has one session, and evens out the rest by the
     * number of pipelines.
     *
     * @param server what pipelines of one server have in common
     * @return one list for each task, none of them empty; fewer than {@code maxTasks} where there are fewer servers
     */
    public static <P, S> List<List<P>> assign(List<P> pipelines, Function<P, S> server, int maxTasks) {
        Map<S, List<P>> byServer = new LinkedHashMap<>();
        pipelines.forEach(pipeline -> byServer.computeIfAbsent(server.apply(pipeline), s -> new ArrayList<>())
                .add(pipeline));
        List<List<P>> largestFirst = new ArrayList<>(byServer.values());
        largestFirst.sort(Comparator.comparingInt(group -> -group.size()));
        List<List<P>> tasks = new ArrayList<>();
        for (List<P> group : largestFirst) {
            if (tasks.size() < maxTasks) {
                tasks.add(new ArrayList<>(group));
            } else {
                tasks.stream()
                        .min(Comparator.comparingInt(List::size))
                        .orElseThrow()
                        .addAll(group);
            }
        }
        return tasks;
    }
}
