package io.cdcprogress.observe.kafka;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/**
 * The one place that knows how clients and brokers before 4.0 differ: they spell the state with another type, and a
 * group that does not exist reads as Dead instead of failing.
 */
final class GroupDescriptions {
    /** Clients before 4.0 have no {@code groupState()}. */
    private static final boolean HAS_GROUP_STATE = hasGroupState();

    private GroupDescriptions() {}

    /**
     * @param state as the broker spells it; null if there is no such group
     * @param assigned partitions that its members hold
     */
    record Group(String state, Set<TopicPartition> assigned) {
        boolean missing() {
            return state == null;
        }
    }

    /** Only so does the broker tell a group of another type (share, streams) from one that does not exist. */
    private static final String OTHER_TYPE = "is not a classic group";

    private static final Group MISSING = new Group(null, Set.of());

    static Map<String, Future<Group>> describe(Admin admin, Collection<String> groups, int timeoutMs) {
        Map<String, Future<Group>> described = new HashMap<>();
        admin.describeConsumerGroups(groups, new DescribeConsumerGroupsOptions().timeoutMs(timeoutMs))
                .describedGroups()
                .forEach((group, future) -> described.put(
                        group,
                        future.toCompletionStage()
                                .thenApply(GroupDescriptions::group)
                                .exceptionally(GroupDescriptions::orMissing)
                                .toCompletableFuture()));
        return described;
    }

    private static Group orMissing(Throwable error) {
        if (error.getCause() instanceof GroupIdNotFoundException unknown) {
            if (String.valueOf(unknown.getMessage()).contains(OTHER_TYPE)) {
                throw new CompletionException(new IllegalArgumentException(
                        unknown.getMessage() + " Nor is it one of the consumer protocol: most likely a share group"));
            }
            return MISSING;
        }
        throw (CompletionException) error;
    }

    private static Group group(ConsumerGroupDescription description) {
        String state = HAS_GROUP_STATE ? description.groupState().toString() : stateBefore40(description);
        if (state.equals("Dead")) {
            return MISSING;
        }
        return new Group(
                state,
                description.members().stream()
                        .flatMap(member -> member.assignment().topicPartitions().stream())
                        .collect(Collectors.toUnmodifiableSet()));
    }

    @SuppressWarnings("removal")
    private static String stateBefore40(ConsumerGroupDescription description) {
        return description.state().toString();
    }

    private static boolean hasGroupState() {
        try {
            ConsumerGroupDescription.class.getMethod("groupState");
            return true;
        } catch (NoSuchMethodException e) {
            return false;
        }
    }
}
