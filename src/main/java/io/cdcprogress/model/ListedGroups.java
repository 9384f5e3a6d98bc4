package io.cdcprogress.model;

import java.util.Set;

/**
 * The consumer groups of a cluster, of those that the principal may see.
 *
 * @param failure why a group that is not in it may be there all the same; null if all were told
 */
public record ListedGroups(Set<String> names, Failure failure) {
    /** Where no group is looked for by a pattern. */
    public static final ListedGroups NOT_ASKED = new ListedGroups(Set.of(), null);

    public ListedGroups {
        names = Set.copyOf(names);
    }
}
