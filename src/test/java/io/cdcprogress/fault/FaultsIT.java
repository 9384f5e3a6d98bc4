package io.cdcprogress.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.Deployment;
import io.cdcprogress.stack.CdcPipeline;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each fault gives its finding in time and as long as it lasts, and clears when it is cured; of which only the progress
 * topic is read. All happen side by side, each to a pipeline of its own, and a test waits for one of them.
 */
@Tag("embedded")
class FaultsIT {
    /** Connectors that start at the same time; more would only wait for each other. */
    private static final int STARTING = 4;

    private static final List<Fault> FAULTS = Stream.of(
                    SinkFaults.all(), SourceFaults.all(), TopicFaults.all(), ServerFaults.all())
            .flatMap(List::stream)
            .filter(fault -> fault.name().matches(System.getProperty("faults", ".*")))
            .toList();

    private static final Map<Fault, Future<Scene>> PLAYED = new LinkedHashMap<>();
    private static final ExecutorService PLAYING = Executors.newCachedThreadPool();
    private static FaultStack stack;
    private static Monitor told;
    private static Monitor untold;

    static List<Fault> faults() {
        return FAULTS;
    }

    @BeforeAll
    static void play() throws Exception {
        stack = new FaultStack();
        Map<Fault, CdcPipeline> pipelines = start();
        Deployment asking = deployment(pipelines)
                .with("connect.url", stack.worker().rest().url().toString());
        pipelines.forEach((fault, pipeline) ->
                asking.with("pipelines." + fault.name() + ".source.connector", pipeline.sourceConnector()));
        told = new Monitor(asking, stack.worker());
        untold = new Monitor(deployment(pipelines), stack.worker());
        pipelines.forEach((fault, pipeline) -> PLAYED.put(fault, PLAYING.submit(() -> play(fault, pipeline))));
    }

    private static Map<Fault, CdcPipeline> start() throws Exception {
        ExecutorService starting = Executors.newFixedThreadPool(STARTING);
        try {
            Map<Fault, Future<CdcPipeline>> started = new LinkedHashMap<>();
            FAULTS.forEach(fault -> started.put(fault, starting.submit(() -> stack.start(fault))));
            Map<Fault, CdcPipeline> pipelines = new LinkedHashMap<>();
            for (Map.Entry<Fault, Future<CdcPipeline>> one : started.entrySet()) {
                pipelines.put(one.getKey(), one.getValue().get());
            }
            return pipelines;
        } finally {
            starting.shutdown();
        }
    }

    private static Deployment deployment(Map<Fault, CdcPipeline> pipelines) {
        Deployment deployment = new Deployment(stack.database(FaultStack.Server.BUSY), stack.broker())
                .with("poll.interval.ms", Long.toString(View.INTERVAL.toMillis()))
                // On a machine that is late with everything, late is not unreachable.
                .with("observation.timeout.ms", "15000")
                .with("inference.settle.ms", "1500")
                .with("flush.interval.ms", "1000")
                .with("stall.after.ms", Long.toString(Scene.STALL.toMillis()));
        pipelines.forEach((fault, pipeline) -> deployment.watching(fault.name(), pipeline));
        Map.of(
                        SinkFaults.CATCHES_UP, Map.of("behind.min.ms", "5000", "stall.after.ms", "40000"),
                        SinkFaults.IN_SNAPSHOT, Map.of("stall.after.ms", "40000"))
                .forEach((name, own) -> {
                    if (pipelines.keySet().stream()
                            .anyMatch(fault -> fault.name().equals(name))) {
                        own.forEach((key, value) -> deployment.with("pipelines." + name + "." + key, value));
                    }
                });
        for (FaultStack.Server server : EnumSet.complementOf(EnumSet.of(FaultStack.Server.BUSY))) {
            deployment.on(
                    stack.database(server),
                    pipelines.keySet().stream()
                            .filter(fault -> fault.server() == server)
                            .map(Fault::name)
                            .toArray(String[]::new));
        }
        return deployment;
    }

    private static Scene play(Fault fault, CdcPipeline pipeline) throws Exception {
        Scene scene = new Scene(pipeline, stack.database(fault.server()), stack, told, untold);
        try {
            if (fault.withSink()) {
                scene.startsWell();
            }
            fault.script().play(scene);
        } finally {
            System.out.println(scene.report());
        }
        return scene;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void isFoundInTimeAndClearsWhenItIsCured(Fault fault) throws Exception {
        assertThat(String.join("\n\n", PLAYED.get(fault).get().wrong())).isEmpty();
    }

    @AfterAll
    static void close() {
        PLAYING.shutdownNow();
        if (untold != null) {
            untold.close();
            told.close();
        }
        if (stack != null) {
            stack.close();
        }
    }
}
