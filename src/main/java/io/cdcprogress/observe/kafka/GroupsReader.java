package io.cdcprogress.observe.kafka;

import io.cdcprogress.config.KafkaSettings;
import io.cdcprogress.model.ListedGroups;
import io.cdcprogress.observe.Deadline;
import java.time.Duration;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Lists the consumer groups, for those that a pattern names. For one thread. */
public final class GroupsReader implements AutoCloseable {
    private final KafkaSettings settings;
    private final String clientId;
    private final Duration timeout;
    private Admin admin;

    /** Connects to nothing yet. */
    public GroupsReader(KafkaSettings settings, String clientId, Duration timeout) {
        this.settings = settings;
        this.clientId = clientId;
        this.timeout = timeout;
    }

    /** Failures are in it. */
    public ListedGroups read() throws InterruptedException {
        try {
            if (admin == null) {
                admin = Admin.create(settings.admin(clientId));
            }
        } catch (KafkaException e) {
            return new ListedGroups(Set.of(), settings.notCreated("client", e));
        }
        return new AdminCalls(admin, settings.address()).groupNames(Deadline.in(timeout));
    }

    /** Waits for no answer. */
    @Override
    public void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
