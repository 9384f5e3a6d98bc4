package io.cdcprogress.evaluate;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import java.util.List;

/** What keeps the sink's position, or the number of records that wait, from being told. */
final class PositionRules {
    private final Situation situation;
    private final Findings findings;

    PositionRules(Situation situation, Findings findings) {
        this.situation = situation;
        this.findings = findings;
    }

    void judge() {
        SinkObservation.Observed sink = situation.sink();
        if (sink != null && sink.partitions() != null && !sink.missing()) {
            judgeOffsets(sink.partitions());
        }
        SinkPosition position = situation.position();
        if (position.changed() != null) {
            findings.add(position.changed().finding(), position.changed().detail());
        }
        if (!situation.thresholds().positions()) {
            return;
        }
        if (position.sink() == null) {
            sayWhy("the sink's LSN can't be told", position.why());
        } else if (position.why() != null) {
            // What was not read is nobody's lag.
            sayWhy("the sink may be further than its LSN", position.why());
        }
    }

    private void judgeOffsets(List<PartitionOffsets> partitions) {
        String group = situation.group();
        if (partitions.isEmpty()) {
            findings.add(new Failure(
                    Finding.POSITION_UNKNOWN,
                    "group " + group + " has committed in none of the topics "
                            + situation.pipeline().topics()
                            + " and is assigned to none: correct the pipeline's topics or its sink.groups, or start the"
                            + " sink (topics of another pipeline's longer prefix are that pipeline's)"));
        }
        partitions.stream()
                .filter(offsets -> offsets.committedRead()
                        && offsets.committed() == null
                        && offsets.end() != null
                        && offsets.next(group) == null)
                .findFirst()
                .ifPresent(offsets -> findings.add(new Failure(
                        Finding.POSITION_UNKNOWN,
                        "group " + group + " has no committed offset in " + offsets.id()
                                + ": where it begins to read is not known until it commits")));
    }

    /** A cause that has been found already explains it; whatever else it is must be said, since nothing is known. */
    private void sayWhy(String consequence, Failure why) {
        if (findings.none()) {
            findings.add(new Failure(why.finding(), consequence + ": " + why.detail()));
        } else if (why.finding() != Finding.POSITION_UNKNOWN) {
            findings.add(why.finding(), why.detail());
        }
    }
}
