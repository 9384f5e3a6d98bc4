package io.cdcprogress.observe.kafka;

import io.cdcprogress.observe.Deadline;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Answers that are on their way. They are taken one by one, so that a part that fails takes no other along, and after all
 * that can be asked at the same time has been asked.
 *
 * @param asked what was asked for, for messages
 * @param address of the cluster, likewise
 */
record Pending<K, V>(Map<K, ? extends Future<V>> futures, String asked, String address) {
    /** Every part's answer; those that are not there by the deadline have failed. */
    Map<K, Answer<V>> take(Deadline deadline) throws InterruptedException {
        Map<K, Answer<V>> answers = new HashMap<>();
        for (Map.Entry<K, ? extends Future<V>> future : futures.entrySet()) {
            answers.put(future.getKey(), take(future.getValue(), deadline));
        }
        return answers;
    }

    private Answer<V> take(Future<V> future, Deadline deadline) throws InterruptedException {
        try {
            return new Answer<>(future.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS), null);
        } catch (ExecutionException e) {
            return new Answer<>(null, KafkaErrors.failure(e.getCause(), asked, address));
        } catch (TimeoutException e) {
            return new Answer<>(null, KafkaErrors.failure(e, asked, address));
        }
    }
}
