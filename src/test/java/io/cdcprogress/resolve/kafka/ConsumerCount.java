package io.cdcprogress.resolve.kafka;

import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the client counts of itself, since it was made; all 0 while there is none.
 *
 * @param requests sent to brokers, of every kind
 * @param fetches fetch requests that were answered
 * @param records that came out of the consumer
 * @param received bytes of all answers
 * @param largestFetch bytes of records in the largest answer of late
 */
record ConsumerCount(long requests, long fetches, long records, long received, long largestFetch) {
    static ConsumerCount of(String clientId) {
        String fetch = "consumer-fetch-manager-metrics";
        return new ConsumerCount(
                value("consumer-metrics", clientId, "request-total"),
                value(fetch, clientId, "fetch-total"),
                value(fetch, clientId, "records-consumed-total"),
                value("consumer-metrics", clientId, "incoming-byte-total"),
                value(fetch, clientId, "fetch-size-max"));
    }

    ConsumerCount since(ConsumerCount before) {
        return new ConsumerCount(
                requests - before.requests,
                fetches - before.fetches,
                records - before.records,
                received - before.received,
                largestFetch);
    }

    private static long value(String type, String clientId, String name) {
        try {
            ObjectName bean = new ObjectName("kafka.consumer:type=" + type + ",client-id=" + clientId);
            var beans = ManagementFactory.getPlatformMBeanServer();
            double value = beans.isRegistered(bean) ? ((Number) beans.getAttribute(bean, name)).doubleValue() : 0;
            return Double.isNaN(value) ? 0 : Math.round(value);
        } catch (JMException e) {
            throw new IllegalStateException("client " + clientId + " has no " + name, e);
        }
    }
}
