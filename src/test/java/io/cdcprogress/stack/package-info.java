/**
 * The real parts that integration tests and the quickstart run on: PostgreSQL, a Kafka broker, Connect workers of two
 * releases and a Debezium pipeline. {@link io.cdcprogress.stack.SharedStack} is the way in.
 */
package io.cdcprogress.stack;
