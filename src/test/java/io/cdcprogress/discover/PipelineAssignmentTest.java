package io.cdcprogress.discover;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PipelineAssignmentTest {
    private static List<List<String>> assign(int maxTasks, String... pipelines) {
        return PipelineAssignment.assign(List.of(pipelines), pipeline -> pipeline.charAt(0), maxTasks);
    }

    @Test
    void keepsOneServersPipelinesTogetherThoughTasksAreFree() {
        assertThat(assign(4, "a1", "b1", "a2", "a3")).containsExactly(List.of("a1", "a2", "a3"), List.of("b1"));
    }

    @Test
    void makesNoEmptyTask() {
        assertThat(assign(8, "a1")).containsExactly(List.of("a1"));
    }

    @Test
    void putsTheNextServerOnTheTaskWithFewestPipelines() {
        assertThat(assign(2, "a1", "a2", "a3", "b1", "c1", "c2"))
                .containsExactly(List.of("a1", "a2", "a3"), List.of("c1", "c2", "b1"));
    }

    @Test
    void assignsEveryPipelineOnceForRandomFleets() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            List<Integer> pipelines =
                    IntStream.range(0, random.nextInt(40)).boxed().toList();
            int servers = 1 + random.nextInt(10);
            int maxTasks = 1 + random.nextInt(6);
            List<List<Integer>> tasks = PipelineAssignment.assign(pipelines, p -> p % servers, maxTasks);
            assertThat(tasks.stream().flatMap(List::stream))
                    .as("seed %d", seed)
                    .containsExactlyInAnyOrderElementsOf(pipelines);
            assertThat(tasks)
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(maxTasks)
                    .doesNotContain(List.of());
            assertThat(tasks)
                    .as("seed %d: stable", seed)
                    .isEqualTo(PipelineAssignment.assign(pipelines, p -> p % servers, maxTasks));
        }
    }
}
