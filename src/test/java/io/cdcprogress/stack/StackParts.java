package io.cdcprogress.stack;

import java.util.Map;

/** How the parts of a shared stack are started. */
interface StackParts {
    Database database();

    Broker broker();

    Worker worker(KafkaRelease release, Broker broker);

    /** In this JVM, and PostgreSQL as its child. */
    final class Embedded implements StackParts {
        @Override
        public Database database() {
            return EmbeddedDatabase.start(PostgresRelease.V17);
        }

        @Override
        public Broker broker() {
            return EmbeddedBroker.start();
        }

        @Override
        public Worker worker(KafkaRelease release, Broker broker) {
            return ConnectWorker.start(release, broker, Unique.name("connect"), Map.of());
        }
    }
}
