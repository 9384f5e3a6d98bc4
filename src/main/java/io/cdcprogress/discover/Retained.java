package io.cdcprogress.discover;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was listed, until it is gone for certain: a worker that is just starting lists less than there is. What is new
 * counts at once, and what was listed anew counts as it is now.
 */
final class Retained<T> {
    private static final int LISTINGS = 2;
    private static final Duration TIME = Duration.ofSeconds(20);

    private record Missing(int listings, long since) {}

    private final Map<String, T> known = new TreeMap<>();
    private final Map<String, Missing> missing = new HashMap<>();

    Set<String> known() {
        return Set.copyOf(known.keySet());
    }

    /**
     * Takes in a listing that was answered.
     *
     * @param unread names that are there, of which only what was known before can be said
     * @param now a monotone clock's, in nanoseconds
     */
    Map<String, T> listed(Map<String, T> listed, Collection<String> unread, long now) {
        known.putAll(listed);
        for (String name : known.keySet()) {
            if (listed.containsKey(name) || unread.contains(name)) {
                missing.remove(name);
            } else {
                missing.merge(
                        name, new Missing(1, now), (before, one) -> new Missing(before.listings + 1, before.since));
            }
        }
        missing.forEach((name, gone) -> {
            if (gone.listings >= LISTINGS && now - gone.since >= TIME.toNanos()) {
                known.remove(name);
            }
        });
        missing.keySet().retainAll(known.keySet());
        return Map.copyOf(known);
    }
}
