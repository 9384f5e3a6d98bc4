package io.cdcprogress.resolve.model;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SinkPosition.AgeGrade;
import io.cdcprogress.model.SinkPosition.Grade;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** What has to hold of every position, against the truth. */
final class Claims {
    /** Where records vanish or are not read, the oldest that is seen may not be the oldest of all. */
    private static final Scenario[] WITHOUT_AGES = {
        Scenario.COMPACTION, Scenario.RETENTION, Scenario.RECREATION, Scenario.UNREAD, Scenario.EVERYTHING
    };

    private final World world;
    private final List<String> violations = new ArrayList<>();
    private Lsn lastProven;
    private Lsn keptProven;
    private boolean frontierTold;

    int proven;
    int inferred;
    int falseProven;
    int falseInferred;
    int compared;
    int exact;
    int exactAges;

    Claims(World world) {
        this.world = world;
    }

    List<String> violations() {
        return violations;
    }

    /** The monitor forgot everything but what it stored, which is enough never to go back. */
    void restarted() {
        frontierTold = false;
    }

    void check(Seen seen, SinkPosition position, Expectation expectation, boolean readAll) {
        if (expectation.another) {
            lastProven = null;
            keptProven = null;
        }
        boolean held = position.partitions().values().stream().anyMatch(one -> one.state() == State.HELD);
        boolean explained = position.sink() == null ? position.why() != null : position.why() == null || held;
        if (!explained || (position.sink() == null) != (position.grade() == Grade.UNKNOWN)) {
            wrong("sink " + position.sink() + " has grade " + position.grade() + " and why " + position.why());
        }
        truth(seen, position);
        monotone(position);
        order(seen.slot().serverFacts(), position);
        Lsn frontier = expectation.frontier(seen);
        frontierTold |= position.proven() != null;
        if (seen.partitions() != null) {
            drained(seen.partitions(), position.partitions());
            equality(seen, position, expectation.limit(), frontier, readAll);
            if (seen.complete()) {
                age(seen, position, expectation);
            }
        }
    }

    private void truth(Seen seen, SinkPosition position) {
        if (position.proven() != null) {
            proven++;
            if (position.proven().value() > seen.truth().consumedUpTo()) {
                falseProven++;
                if (!world.dials.scenario.breaksProof()) {
                    wrong("proven " + position.proven() + " but consumed only up to "
                            + new Lsn(seen.truth().consumedUpTo()));
                }
            }
        }
        boolean isInferred = position.grade() == Grade.INFERRED;
        inferred += isInferred ? 1 : 0;
        boolean falseSink = position.sink() != null
                && position.sink().value() > seen.truth().consumedUpTo();
        boolean falsePublished = position.published() != null
                && position.published().value() > seen.truth().publishedUpTo();
        if (isInferred && (falseSink || falsePublished)) {
            falseInferred++;
        }
        if (!(isInferred && world.dials.breaksInference()) && !world.dials.scenario.breaksProof()) {
            if (falseSink) {
                wrong(position.grade() + " sink " + position.sink() + " but consumed only up to "
                        + new Lsn(seen.truth().consumedUpTo()));
            }
            if (falsePublished) {
                wrong(position.grade() + " published " + position.published() + " but published only up to "
                        + new Lsn(seen.truth().publishedUpTo()));
            }
        }
    }

    private void monotone(SinkPosition position) {
        if (position.proven() != null) {
            if (lastProven != null && position.proven().compareTo(lastProven) < 0) {
                wrong("proven went back from " + lastProven + " to " + position.proven());
            }
            lastProven = position.proven();
        }
    }

    private void order(ServerFacts server, SinkPosition position) {
        if (position.sink() == null || server == null) {
            return;
        }
        Lsn source = server.sourceLsn();
        boolean ordered = position.published() != null
                && position.sink().compareTo(position.published()) <= 0
                && position.published().compareTo(source) <= 0
                && (position.proven() == null || position.proven().compareTo(position.sink()) <= 0);
        if (!ordered) {
            wrong("not in order: proven " + position.proven() + ", sink " + position.sink() + ", published "
                    + position.published() + ", source " + source);
        }
    }

    private void drained(List<PartitionOffsets> observed, Map<PartitionId, PartitionPosition> positions) {
        for (PartitionOffsets offsets : observed) {
            PartitionPosition position = positions.get(offsets.id());
            Log log = world.brokers.topics.get(offsets.topic()).logs.get(offsets.partition());
            boolean ofOneLog = world.recreations == 0 && offsets.committed() != null && offsets.highWatermark() != null;
            if (ofOneLog && position != null && position.drained()) {
                for (long offset = offsets.committed();
                        offset < offsets.highWatermark() && offset < log.end();
                        offset++) {
                    if (log.entries.get((int) offset).data()) {
                        wrong(offsets.id() + " is said to be drained, but offset " + offset + " is data");
                        break;
                    }
                }
            }
        }
    }

    /** Proven is min(F, all bounds), and never less than it was: wherever everything was readable. */
    private void equality(Seen seen, SinkPosition position, Row limit, Lsn frontier, boolean readAll) {
        Lsn before = keptProven;
        Lsn kept = position.memory().proven();
        keptProven = kept;
        // Without Connect, F begins to count once a streamed record is found, and that may take a while.
        boolean comparable = seen.complete()
                && readAll
                && limit.kind() != Row.Kind.UNTOLD
                && (seen.source().asked() || frontierTold);
        if (!comparable) {
            return;
        }
        compared++;
        boolean told = limit.kind() == Row.Kind.LIMIT && frontier != null;
        Lsn least = told ? Lsn.max(before, Lsn.min(frontier, limit.least())) : before;
        Lsn most = told ? Lsn.max(before, Lsn.min(frontier, limit.most())) : before;
        exact += Objects.equals(least, most) ? 1 : 0;
        boolean within =
                kept == null ? least == null : least != null && kept.compareTo(least) >= 0 && kept.compareTo(most) <= 0;
        Lsn shown = limit.kind() == Row.Kind.UNKNOWN || kept == null
                ? null
                : Lsn.min(seen.slot().serverFacts().sourceLsn(), kept);
        if (!within || !Objects.equals(shown, position.proven())) {
            wrong("proven " + position.proven() + ", kept " + kept + ", by the rules " + least + " to " + most
                    + " (before " + before + ", F " + frontier + ", bounds " + limit + ")");
        }
    }

    private void age(Seen seen, SinkPosition position, Expectation expectation) {
        ServerFacts server = seen.slot().serverFacts();
        boolean falsified = falseInferred > 0 || falseProven > 0;
        boolean replayed = world.dials.scenario.crashes() || world.rewinds > 0;
        Instant oldest = expectation.oldest(seen);
        boolean asWritten = expectation.plain()
                && !replayed
                && world.dials.worldStopsWhileReading
                && !world.dials.scenario.is(WITHOUT_AGES);
        if (position.ageGrade() == AgeGrade.EXACT && position.oldestUnconsumedAt() != null) {
            exactAges++;
            if (asWritten && !position.oldestUnconsumedAt().equals(oldest)) {
                wrong("oldest unconsumed at " + position.oldestUnconsumedAt() + " EXACT, is " + oldest);
            }
        }
        if (position.ageGrade() == AgeGrade.EXACT && position.oldestUnconsumedAt() == null) {
            if (!server.sourceLsn().equals(position.sink()) || position.totalLagMs() != 0) {
                wrong("nothing is said to be left, at " + position.sink() + " of " + server.sourceLsn());
            }
        }
        boolean known = position.totalLagMs() != null && oldest != null && asWritten && !falsified;
        if (known) {
            long age = Math.max(0, Duration.between(oldest, server.observedAt()).toMillis());
            if (position.totalLagMs() < age) {
                wrong(position.ageGrade() + " age " + position.totalLagMs() + " ms, is " + age);
            }
        }
    }

    void wrong(String what) {
        world.note("VIOLATION: " + what);
        violations.add(what);
    }
}
