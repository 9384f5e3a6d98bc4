package io.cdcprogress.discover;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What was listed, until it is gone for certain: a worker that is just starting lists less than there is. It goes with the
 * second listing in a row that is without it, or a later one, at least 20 s after the first. What is new counts at once, and
 * what was listed anew counts as it is now.
 */
final class Retained<T> {
    private static final Duration TIME = Duration.ofSeconds(20);

    private final Map<String, T> known = new TreeMap<>();
    /** When the first listing was that was without it. */
    private final Map<String, Long> missingSince = new HashMap<>();

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
        known.keySet().removeIf(name -> {
            if (listed.containsKey(name) || unread.contains(name)) {
                missingSince.remove(name);
                return false;
            }
            return now - missingSince.computeIfAbsent(name, first -> now) >= TIME.toNanos();
        });
        missingSince.keySet().retainAll(known.keySet());
        return Map.copyOf(known);
    }
}
