package io.cdcprogress.resolve.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class DecoderThreadTest {
    private static final Duration READING = Duration.ofSeconds(8);
    private static final Decoded ANSWER = Decoded.none("decoded");

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final CountDownLatch hangs = new CountDownLatch(1);
    private volatile Asked behaviour = () -> ANSWER;

    @AutoClose
    private final DecoderThread decoder = new DecoderThread("shop", "a.Converter", () -> new Scripted(), nanos::get);

    private interface Asked {
        Decoded answer() throws Exception;
    }

    @Test
    void whatHangsIsWaitedForOnceAndOnlyAPartOfTheTime() throws Exception {
        behaviour = () -> {
            hangs.await();
            return ANSWER;
        };
        begin();
        assertTimeoutPreemptively(
                READING.dividedBy(2), () -> assertThat(refusal()).contains("a.Converter did not decode it in time"));
        long before = System.nanoTime();
        for (int i = 0; i < 1_000; i++) {
            assertThat(refusal()).contains("a.Converter did not decode it in time");
        }
        begin();
        refusal();
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("while it hangs it is not waited for again")
                .isLessThan(READING.dividedBy(10));
        assertThat(asked).hasValue(1);
        behaviour = () -> ANSWER;
        hangs.countDown();
        await().untilAsserted(() -> assertThat(decode()).isEqualTo(ANSWER));
    }

    @Test
    void anInterruptedQuestionIsOpenAndSaysSo() throws Exception {
        behaviour = () -> {
            hangs.await();
            return ANSWER;
        };
        begin();
        Thread.currentThread().interrupt();
        assertThrows(InterruptException.class, this::decode);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(refusal()).isEqualTo("no time was left for a.Converter");
        hangs.countDown();
        await().untilAsserted(() -> assertThat(decode()).isEqualTo(ANSWER));
    }

    @Test
    void slowRecordsTogetherLeaveTimeForOthers() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        behaviour = () -> {
            assertThat(never.await(20, java.util.concurrent.TimeUnit.MILLISECONDS))
                    .isFalse();
            return ANSWER;
        };
        Deadline deadline = Deadline.in(Duration.ofSeconds(1));
        decoder.begin(deadline);
        int decoded = 0;
        String why = null;
        while (why == null && !deadline.over()) {
            try {
                assertThat(decode()).isEqualTo(ANSWER);
                decoded++;
            } catch (NotDecoded e) {
                why = e.getMessage();
            }
        }
        assertThat(why).contains("a.Converter");
        assertThat(decoded).isPositive();
        assertThat(deadline.remaining()).isGreaterThan(Duration.ofMillis(200));
    }

    @Test
    void aFailureThatMayPassIsTriedAgainEverLaterAndAtMostAMinuteLater() throws Exception {
        behaviour = () -> {
            throw new NotDecoded("no registry");
        };
        begin();
        refusal();
        refusal();
        for (int i = 0; i < 1_000; i++) {
            assertThat(refusal()).isEqualTo("no registry");
        }
        assertThat(asked).as("once more at once, then not").hasValue(2);
        pass(Duration.ofSeconds(1));
        refusal();
        pass(Duration.ofSeconds(1));
        refusal();
        assertThat(asked).hasValue(3);
        for (int i = 0; i < 20; i++) {
            pass(Duration.ofMinutes(1));
            refusal();
        }
        assertThat(asked).hasValue(23);
        behaviour = () -> ANSWER;
        pass(Duration.ofMinutes(1));
        assertThat(decode()).isEqualTo(ANSWER);
        behaviour = () -> {
            throw new IllegalStateException("top-secret");
        };
        assertThat(refusal()).isEqualTo("a.Converter failed: IllegalStateException");
        assertThat(refusal()).as("begins anew").isEqualTo("a.Converter failed: IllegalStateException");
        assertThat(asked).hasValue(26);
    }

    @Test
    void aDecoderThatCouldNotBeMadeIsMadeLater() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (DecoderThread late = new DecoderThread(
                "shop",
                "a.Converter",
                () -> {
                    if (made.incrementAndGet() < 3) {
                        throw new NotDecoded("no class a.Converter");
                    }
                    return new Scripted();
                },
                nanos::get)) {
            late.begin(Deadline.in(READING));
            for (int i = 0; i < 3; i++) {
                assertThat(assertThrows(NotDecoded.class, () -> late.decode(Samples.record("{}"))))
                        .hasMessage("no class a.Converter");
            }
            pass(Duration.ofSeconds(1));
            assertThat(late.decode(Samples.record("{}"))).isEqualTo(ANSWER);
            assertThat(late.decode(Samples.record("{}"))).isEqualTo(ANSWER);
            assertThat(made).hasValue(3);
        }
    }

    @Test
    void tombstonesAndAddedHeadersNeedNoConverter() throws Exception {
        behaviour = () -> {
            throw new NotDecoded("no registry");
        };
        begin();
        RecordHeaders headers = new RecordHeaders();
        headers.add("__source_sequence", "[\"100\",\"120\"]".getBytes(UTF_8));
        assertThat(decoder.decode(Samples.record("t", 0, headers, new byte[1])).position())
                .isNotNull();
        assertThat(decoder.decode(Samples.record("t", 0, headers, null))).isEqualTo(Decoded.none("a tombstone"));
        assertThat(decoder.emittedAt(Samples.record("t", 0, headers, null))).isNull();
        assertThat(asked).hasValue(1);
    }

    private void begin() {
        decoder.begin(Deadline.in(READING));
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
        begin();
    }

    private Decoded decode() throws NotDecoded {
        return decoder.decode(Samples.record("{}"));
    }

    private String refusal() {
        return assertThrows(NotDecoded.class, this::decode).getMessage();
    }

    private final class Scripted implements ChangeDecoder {
        @Override
        public Decoded decode(ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
            asked.incrementAndGet();
            try {
                return behaviour.answer();
            } catch (NotDecoded | RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public Long emittedAt(ConsumerRecord<byte[], byte[]> record) {
            return null;
        }
    }
}
