package io.cdcprogress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import io.cdcprogress.model.ProgressReport;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.connect.errors.ConnectException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObservationLoopTest {
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final AtomicInteger observations = new AtomicInteger();
    private final AtomicInteger resumed = new AtomicInteger();
    private final AtomicInteger unobserved = new AtomicInteger();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final CountDownLatch never = new CountDownLatch(1);
    private ObservationLoop loop = loop(this::observe);

    private interface Observation {
        List<ProgressReport> observe() throws InterruptedException;
    }

    private ObservationLoop loop(Observation observation) {
        return new ObservationLoop(
                "test",
                new ObservationLoop.Observing() {
                    @Override
                    public List<ProgressReport> observe() throws InterruptedException {
                        return observation.observe();
                    }

                    @Override
                    public void resumed() {
                        resumed.incrementAndGet();
                    }

                    @Override
                    public void unobserved() {
                        unobserved.incrementAndGet();
                    }

                    @Override
                    public void close() {
                        closed.set(true);
                    }
                },
                Duration.ofMillis(10),
                LONGEST);
    }

    private List<ProgressReport> observe() {
        observations.incrementAndGet();
        return List.of();
    }

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void observesAgainAtEveryInterval() {
        await().until(() -> {
            loop.poll();
            return observations.get() >= 5;
        });
    }

    @Test
    void stopsObservingWhenNobodyPollsAndGoesOnWhenSomebodyDoes() throws Exception {
        loop.poll();
        // The last poll's demand runs out; then the count stands still for many intervals.
        AtomicInteger last = new AtomicInteger(-1);
        await().pollInterval(Duration.ofMillis(500))
                .until(() -> last.getAndSet(observations.get()) == observations.get());
        int before = observations.get();
        await().until(() -> {
            loop.poll();
            return observations.get() > before;
        });
    }

    @Test
    void pollReturnsNothingWhileAnObservationHangs() throws Exception {
        loop = loop(this::hang);
        long before = System.nanoTime();
        assertThat(loop.poll()).isNull();
        // Returned at all, though the observation never does; and it did wait for it.
        assertThat(never.getCount()).isEqualTo(1);
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
        loop.close();
        await().untilTrue(closed);
    }

    private List<ProgressReport> hang() throws InterruptedException {
        never.await();
        return List.of();
    }

    @Test
    void outlivesAnObservationThatThrows() {
        loop = loop(() -> {
            if (observations.incrementAndGet() == 1) {
                throw new IllegalStateException("the first one fails");
            }
            return List.of();
        });
        await().until(() -> loop.poll() != null);
    }

    @Test
    void saysThatItHasEndedInsteadOfFallingSilent() {
        loop = loop(() -> {
            throw new NoSuchMethodError("of an older worker");
        });
        await().untilAsserted(() -> assertThatThrownBy(loop::poll)
                .isInstanceOf(ConnectException.class)
                .hasRootCauseMessage("of an older worker"));
        assertThat(closed).isTrue();
    }

    @Test
    void tellsThatItGoesOnAfterAPauseAndOnlyThen() throws Exception {
        await().until(() -> loop.poll() != null);
        assertThat(resumed).hasValue(0);
        // Nobody polls any more.
        await().until(() -> Thread.getAllStackTraces().entrySet().stream()
                .anyMatch(thread -> thread.getKey().getName().equals("test")
                        && Stream.of(thread.getValue())
                                .anyMatch(frame -> frame.getMethodName().equals("awaitAsked"))));
        await().until(() -> loop.poll() != null);
        assertThat(resumed).hasValue(1);
    }

    @Test
    void tellsOnceWhenNothingIsObservedAnyMore() throws Exception {
        await().until(() -> loop.poll() != null);
        assertThat(unobserved).as("while it observes").hasValue(0);
        // Nobody polls any more; and again after it went on.
        await().untilAtomic(unobserved, equalTo(1));
        await().until(() -> loop.poll() != null);
        await().untilAtomic(unobserved, equalTo(2));
    }

    @Test
    void tellsWhenObservationsFailForTooLong() {
        loop = loop(() -> {
            if (observations.incrementAndGet() > 1) {
                throw new IllegalStateException("all but the first one fail");
            }
            return List.of();
        });
        await().until(() -> {
            loop.poll();
            return unobserved.get() == 1;
        });
    }

    @Test
    void tellsWhenAnObservationHangsForTooLong() {
        loop = loop(() -> observations.incrementAndGet() == 1 ? List.of() : hang());
        long before = System.nanoTime();
        await().atMost(Duration.ofSeconds(60)).until(() -> {
            loop.poll();
            return unobserved.get() == 1;
        });
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("not while it may only be slow")
                .isGreaterThan(LONGEST);
    }

    @Test
    void closesWhatItObservesWith() throws Exception {
        loop.poll();
        loop.close();
        await().untilTrue(closed);
    }
}
