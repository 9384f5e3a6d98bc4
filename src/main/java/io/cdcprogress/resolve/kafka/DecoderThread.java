package io.cdcprogress.resolve.kafka;

import io.cdcprogress.observe.Backoff;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.errors.InterruptException;

/**
 * Decodes on a thread of its own, and waits only so long: converters ask schema registries. What failed or took too long is
 * left alone for a while, so that the other pipelines of the task are read as if it were not there.
 */
final class DecoderThread implements ChangeDecoder {
    /** Makes the decoder that is used on the thread, or says why it can't be made now. */
    interface Maker {
        ChangeDecoder make() throws NotDecoded;
    }

    private interface Question<T> {
        T ask(ChangeDecoder decoder) throws NotDecoded;
    }

    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
    /** Of a reading's time, what one record may take: there may be several that hang. */
    private static final int OF_ONE = 8;
    /** Of a reading's time, what all records together may take. */
    private static final int OF_ALL = 2;

    private final String name;
    private final Maker maker;
    private final Backoff backoff;
    private final ExecutorService thread;
    /** Used by the thread alone; null until it could be made. */
    private ChangeDecoder decoder;

    private Future<?> question;
    private String problem;
    private Deadline deadline;
    private Duration mostOfOne;
    private long leftOfAll;

    /** @param name of the converter, for messages */
    DecoderThread(String pipeline, String name, Maker maker, LongSupplier nanoTime) {
        this.name = name;
        this.maker = maker;
        this.backoff = new Backoff(nanoTime);
        this.thread = Executors.newSingleThreadExecutor(task -> {
            Thread own = new Thread(task, "cdc-progress-decoder-" + pipeline);
            own.setDaemon(true);
            return own;
        });
    }

    @Override
    public void begin(Deadline ofReading) {
        deadline = ofReading;
        mostOfOne = null;
    }

    @Override
    public Decoded decode(ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
        if (record.value() == null) {
            return Decoded.none(PositionRules.TOMBSTONE);
        }
        try {
            return answer(own -> own.decode(record));
        } catch (NotDecoded e) {
            // Headers that were added need no converter.
            Decoded told = PositionRules.position(null, record.headers(), e.getMessage());
            if (told.position() == null) {
                throw e;
            }
            return told;
        }
    }

    @Override
    public Long emittedAt(ConsumerRecord<byte[], byte[]> record) throws NotDecoded {
        return record.value() == null ? null : answer(own -> own.emittedAt(record));
    }

    private <T> T answer(Question<T> asked) throws NotDecoded {
        if ((question != null && !question.isDone()) || !backoff.due()) {
            throw new NotDecoded(problem);
        }
        if (mostOfOne == null) {
            mostOfOne = deadline.share(1, OF_ONE).remaining();
            leftOfAll = deadline.share(1, OF_ALL).remaining().toNanos();
        }
        long patience = Math.min(leftOfAll, deadline.remaining().toNanos());
        problem = "no time was left for " + name;
        if (patience <= 0) {
            throw new NotDecoded(problem);
        }
        boolean ample = patience >= mostOfOne.toNanos();
        Future<T> answer = thread.submit(() -> asked.ask(made()));
        question = answer;
        long begun = System.nanoTime();
        try {
            T told = answer.get(ample ? mostOfOne.toNanos() : patience, TimeUnit.NANOSECONDS);
            backoff.succeeded();
            return told;
        } catch (TimeoutException e) {
            if (ample) {
                problem = name + " did not decode it in time; is its schema registry reachable?";
                backoff.failed(LONGEST_WAIT);
            }
        } catch (ExecutionException e) {
            problem = e.getCause() instanceof NotDecoded why
                    ? why.getMessage()
                    : name + " failed: " + ConverterErrors.kinds(e.getCause());
            backoff.failed(LONGEST_WAIT);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        } finally {
            leftOfAll -= System.nanoTime() - begun;
        }
        throw new NotDecoded(problem);
    }

    private ChangeDecoder made() throws NotDecoded {
        if (decoder == null) {
            decoder = maker.make();
        }
        return decoder;
    }

    /** Waits for no answer. A converter that never returns is never closed. */
    @Override
    public void close() {
        if (question != null) {
            question.cancel(true);
            thread.execute(() -> {
                if (decoder != null) {
                    decoder.close();
                }
            });
        }
        thread.shutdown();
    }
}
