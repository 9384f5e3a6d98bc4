package io.cdcprogress.stack;

import org.junit.jupiter.api.Tag;

/** Only with {@code -Pcontainers} and a Docker engine. */
@Tag("containers")
class ContainerStackIT extends StackContract {
    ContainerStackIT(KafkaRelease release, SharedStack stack) {
        super(release, stack);
    }
}
