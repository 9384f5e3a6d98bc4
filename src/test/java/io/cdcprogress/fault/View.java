package io.cdcprogress.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.Deployment;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Health;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** What one monitor says of a scene's pipeline, read from the first record to the last, each once. */
final class View {
    static final Duration INTERVAL = Duration.ofSeconds(1);
    /** Within so many observations a finding is there, once it can be known. */
    private static final int INTERVALS = 3;
    /** How long a finding that is not there yet is waited for, to tell late from never. */
    private static final Duration LATE = Duration.ofSeconds(90);

    private final String label;
    private final Monitor monitor;
    private final String pipeline;
    private final UnaryOperator<String> names;
    private final List<String> notes = new ArrayList<>();
    /** What is wrong, with the first record of which it is true. */
    private final Map<String, Seen> wrong = new LinkedHashMap<>();

    private Set<Finding> inPassing = EnumSet.noneOf(Finding.class);
    private int next;
    private String step = "the start";
    private long doneAt = System.currentTimeMillis();
    private Seen last;

    /** @param names puts the pipeline's names in place of {@code {slot}}, {@code {group}} ... */
    View(String label, Monitor monitor, String pipeline, UnaryOperator<String> names) {
        this.label = label;
        this.monitor = monitor;
        this.pipeline = pipeline;
        this.names = names;
    }

    /** From now on, the records that come count as after it. */
    void begin(String what) {
        step = what;
        next = monitor.all(pipeline).size();
    }

    /** It has been done, so that it can be noticed. */
    void done() {
        doneAt = System.currentTimeMillis();
    }

    /** What may be said on the way to the next finding, besides what was said last and that one side is behind. */
    View passing(Finding... findings) {
        inPassing = EnumSet.noneOf(Finding.class);
        inPassing.addAll(List.of(findings));
        // Whether a group has members is asked every 10 s only, and before its first commit it stands with members,
        // too.
        if (inPassing.contains(Finding.SINK_GROUP_EMPTY)) {
            inPassing.add(Finding.SINK_STALLED);
        }
        return this;
    }

    /**
     * Waits for a record with that finding, which comes within three intervals after it can be known.
     *
     * @param knowable from the end of the step on
     * @param says what its detail contains
     */
    Seen finds(Finding finding, Duration knowable, String... says) throws InterruptedException {
        return awaits(finding, seen -> seen.finding() == finding, knowable, says);
    }

    /** Likewise, but a graver finding may stand before it. */
    Seen lists(Finding finding, Duration knowable, String... says) throws InterruptedException {
        return awaits(finding, seen -> seen.findings().contains(finding), knowable, says);
    }

    /** Likewise, of what must have stood for so long: from the first observation on that could see that it stands. */
    Seen findsOnceItHasStood(Finding finding, Duration patience, String... says) throws InterruptedException {
        doneAt = monitor.firstAfter(pipeline, doneAt).observedAt();
        return finds(finding, patience, says);
    }

    private Seen awaits(Finding finding, Predicate<Seen> found, Duration knowable, String... says)
            throws InterruptedException {
        Set<Finding> before = last == null ? EnumSet.allOf(Finding.class) : EnumSet.of(last.finding());
        int intervals = 0;
        Seen seen = monitor.at(pipeline, next++);
        while (true) {
            // On a machine that is late with everything, a second is no measure; an observation is.
            intervals += seen.observedAt() > doneAt + knowable.toMillis() ? 1 : 0;
            if (found.test(seen)) {
                break;
            }
            boolean explained = before.contains(seen.finding())
                    || inPassing.contains(seen.finding())
                    || seen.finding().health() == Health.BEHIND
                    || seen.finding() == Finding.NONE;
            wrongUnless(explained, seen, "only what may be on the way to " + finding);
            if (seen.observedAt() > doneAt + knowable.plus(LATE).toMillis()) {
                throw new AssertionError(where() + ": " + finding + " never came. " + history());
            }
            seen = monitor.at(pipeline, next++);
        }
        notes.add("%s: %s after %d ms, known for %d intervals"
                .formatted(where(), finding, seen.arrivedAt() - doneAt, intervals));
        wrongUnless(intervals <= INTERVALS, seen, finding + " comes within " + INTERVALS + " intervals");
        check(seen, says);
        last = seen;
        inPassing = Set.of();
        return seen;
    }

    private void check(Seen seen, String... says) {
        Finding first = seen.finding();
        wrongUnless(seen.text("health").equals(first.health().name()), seen, "the health of " + first);
        wrongUnless(first == Finding.NONE || seen.findings().get(0) == first, seen, first + " leads the findings");
        for (String words : says) {
            String expected = names.apply(words);
            wrongUnless(seen.text("detail").contains(expected), seen, "detail says '" + expected + "'");
        }
    }

    /** The finding goes on, as it is, in so many records; where nothing is wrong, one side may fall behind. */
    View keeps(int records) throws InterruptedException {
        for (int i = 0; i < records; i++) {
            Seen seen = monitor.at(pipeline, next++);
            boolean same = seen.finding() == last.finding();
            boolean behind = last.finding() == Finding.NONE && seen.finding().health() == Health.BEHIND;
            wrongUnless(same || behind, seen, last.finding() + " goes on");
            wrongUnless(
                    !same
                            || seen.text("finding_since").equals(last.text("finding_since"))
                            || last.finding() == Finding.NONE,
                    seen,
                    "finding_since stands still");
        }
        return this;
    }

    /** Nothing worse than that one side may be behind, in so many records. */
    void calm(int records) throws InterruptedException {
        for (int i = 0; i < records; i++) {
            Seen seen = monitor.at(pipeline, next++);
            Health health = seen.finding().health();
            wrongUnless(health == Health.OK || health == Health.BEHIND, seen, "nothing is worse than behind");
            last = seen;
        }
    }

    /** In so many records, not that one. */
    void without(Finding never, int records) throws InterruptedException {
        for (int i = 0; i < records; i++) {
            last = monitor.at(pipeline, next++);
            wrongUnless(!last.findings().contains(never), last, "never " + never);
        }
    }

    /** The next record of which that is true. */
    Seen untilSo(String what, Predicate<Seen> so) throws InterruptedException {
        long deadline = System.currentTimeMillis() + LATE.toMillis();
        Seen seen = monitor.at(pipeline, next++);
        while (!so.test(seen)) {
            if (seen.arrivedAt() > deadline) {
                throw new AssertionError(where() + ": never so: " + what + "; the last: " + seen.value());
            }
            seen = monitor.at(pipeline, next++);
        }
        last = seen;
        return seen;
    }

    /** What was looked at last. */
    Seen last() {
        return last;
    }

    private void wrongUnless(boolean right, Seen seen, String what) {
        if (!right) {
            wrong.putIfAbsent(where() + ", not so: " + what, seen);
        }
    }

    private String where() {
        return pipeline + " " + label + ", " + step;
    }

    /** How the findings went, each as often as it came in a row. */
    String history() {
        List<String> runs = new ArrayList<>();
        String findings = null;
        int count = 0;
        for (Seen seen : monitor.all(pipeline)) {
            if (!seen.text("findings").equals(findings)) {
                if (findings != null) {
                    runs.add(findings + " x" + count);
                }
                findings = seen.text("findings");
                count = 0;
            }
            count++;
        }
        runs.add(findings + " x" + count);
        return pipeline + " " + label + " said: " + String.join(" -> ", runs);
    }

    List<String> notes() {
        return List.copyOf(notes);
    }

    List<String> wrong() {
        List<String> all = new ArrayList<>();
        wrong.forEach((what, seen) -> all.add(what + ": " + seen.value()));
        for (Seen seen : monitor.all(pipeline)) {
            if (seen.text("detail").contains(Deployment.PASSWORD)) {
                all.add(where() + ", a secret: " + seen.value());
            }
        }
        return all;
    }

    List<Seen> all() {
        assertThat(monitor.all(pipeline)).isNotEmpty();
        return monitor.all(pipeline);
    }
}
