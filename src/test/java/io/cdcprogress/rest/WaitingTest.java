package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.cdcprogress.model.Lsn;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who waits is woken by the record that answers, and by no other. */
class WaitingTest {
    private final Waiting waiting = new Waiting(() -> Records.now(0));
    private final List<String> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        waiting.close();
    }

    private Waiting.Waiter waiter(String name, String sinkGroup, String lsn) {
        Question question = new Question(new SinkId("shop", sinkGroup), Lsn.parse(lsn), false, 1_000);
        return new Waiting.Waiter() {
            @Override
            public Question question() {
                return question;
            }

            @Override
            public void passed(Received progress) {
                told.add(name + " " + progress.text("proven_lsn"));
            }

            @Override
            public void gone() {
                told.add(name + " gone");
            }
        };
    }

    private void arrives(String sinkGroup, String proven) {
        waiting.arrived(Records.received(Records.progress("shop", sinkGroup, Map.of("proven_lsn", proven)), 0));
    }

    @Test
    void aRecordWakesThoseOfItsSinkThatItAnswers() {
        waiting.enter(waiter("near", "one", "0/10"));
        waiting.enter(waiter("far", "one", "0/20"));
        waiting.enter(waiter("other", "two", "0/10"));
        arrives("one", "0/F");
        arrives("one", "0/10");
        await().untilAsserted(() -> assertThat(told).containsExactly("near 0/10"));
        assertThat(waiting.count()).isEqualTo(2);
        arrives("one", "0/30");
        await().untilAsserted(() -> assertThat(told).containsExactly("near 0/10", "far 0/30"));
        arrives("two", "0/30");
        await().untilAsserted(() -> assertThat(told).hasSize(3));
        assertThat(waiting.count()).isZero();
    }

    @Test
    void whoHasLeftIsNotToldAndFreesItsPlaceOnce() {
        Waiting.Waiter left = waiter("left", "one", "0/10");
        waiting.enter(left);
        waiting.enter(waiter("stays", "one", "0/10"));
        waiting.leave(left);
        waiting.leave(left);
        assertThat(waiting.count()).isEqualTo(1);
        arrives("one", "0/10");
        await().untilAsserted(() -> assertThat(told).containsExactly("stays 0/10"));
    }

    @Test
    void thereIsRoomForSoManyAndNoMore() {
        for (int i = 0; i < Waiting.MOST; i++) {
            waiting.enter(waiter("one of many", "one", "0/10"));
        }
        Waiting.Waiter late = waiter("late", "one", "0/10");
        Refusal refusal = catchThrowableOfType(Refusal.class, () -> waiting.enter(late));
        assertThat(refusal.status()).isEqualTo(503);
        arrives("one", "0/10");
        assertThat(waiting.count()).isZero();
        waiting.enter(late);
        assertThat(waiting.count()).isEqualTo(1);
    }

    @Test
    void whoStillWaitsIsToldWhenTheWorkerStops() {
        waiting.enter(waiter("one", "one", "0/10"));
        waiting.close();
        assertThat(told).containsExactly("one gone");
        assertThat(catchThrowableOfType(Refusal.class, () -> waiting.enter(waiter("late", "one", "0/10"))))
                .hasMessageContaining("this worker stops");
        assertThat(waiting.count()).isZero();
    }
}
