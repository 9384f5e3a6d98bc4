package io.cdcprogress.evaluate;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.Pipeline;
import io.cdcprogress.model.SinkObservation;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SlotObservation;
import io.cdcprogress.model.Verdict;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Which findings hold, and the sentence for the person on call. Unknown inputs never give a good verdict. */
final class FindingRules {
    private static final String LOST = "lost";

    /** By finding, in the order of the findings. */
    private final Map<Finding, String> details = new EnumMap<>(Finding.class);

    private FindingRules() {}

    static Verdict judge(
            Pipeline pipeline,
            String group,
            SlotObservation slot,
            SinkObservation sink,
            SinkPosition position,
            Lag lag) {
        FindingRules rules = new FindingRules();
        rules.judgeSlot(pipeline, slot);
        rules.judgeSink(pipeline, group, sink);
        rules.judgePosition(group, position, lag);
        List<Finding> findings = List.copyOf(rules.details.keySet());
        String detail = String.join("; also: ", rules.details.values());
        return new Verdict(findings.get(0).health(), findings, detail + lessSure(position, detail));
    }

    /** No finding, for the position is true without it. */
    private static String lessSure(SinkPosition position, String detail) {
        boolean said = position.lessSure() == null
                || detail.contains(position.lessSure().detail());
        return said
                ? ""
                : "; less is proven than could be: " + position.lessSure().detail();
    }

    private void judgeSlot(Pipeline pipeline, SlotObservation observation) {
        if (observation instanceof SlotObservation.Unobserved unobserved) {
            add(unobserved.failure());
        } else if (observation instanceof SlotObservation.Missing missing) {
            details.put(Finding.SLOT_MISSING, missing.detail() + " (" + pipeline.database() + ")");
        } else if (observation instanceof SlotObservation.Observed observed) {
            judgeSlot(pipeline, observed.slot());
        }
    }

    private void judgeSlot(Pipeline pipeline, SlotFacts slot) {
        if (LOST.equals(slot.walStatus()) || slot.invalidation() != null) {
            details.put(
                    Finding.SLOT_LOST,
                    "PostgreSQL has invalidated slot " + pipeline.slotName()
                            + (slot.invalidation() == null ? "" : " (" + slot.invalidation() + ")")
                            + ": changes since " + slot.processedLsn() + " can't be read any more; drop the slot and"
                            + " take a new snapshot");
        }
    }

    private void judgeSink(Pipeline pipeline, String group, SinkObservation observation) {
        if (observation instanceof SinkObservation.Unobserved unobserved) {
            add(unobserved.failure());
        } else if (observation instanceof SinkObservation.Observed sink) {
            if (sink.failure() != null) {
                add(sink.failure());
            }
            if (sink.missing()) {
                details.put(
                        Finding.SINK_GROUP_MISSING,
                        "there is no consumer group " + group
                                + ": start the sink, or correct sink.groups (a sink connector's group is"
                                + " connect-<its name>)");
            }
            if (sink.partitions() != null) {
                judgeOffsets(group, sink.partitions());
                if (!sink.missing()) {
                    sayWhyUnknown(pipeline, group, sink.partitions());
                }
            }
        }
    }

    private void judgeOffsets(String group, List<PartitionOffsets> partitions) {
        partitions.stream()
                .filter(PartitionOffsets::belowLogStart)
                .findFirst()
                .ifPresent(offsets -> details.put(Finding.DATA_LOSS, dataLoss(group, offsets)));
        partitions.stream()
                .filter(PartitionOffsets::recreated)
                .findFirst()
                .ifPresent(offsets -> details.put(Finding.TOPIC_RECREATED, recreated(group, offsets)));
    }

    /** What keeps the number of records from being told though everything answered. */
    private void sayWhyUnknown(Pipeline pipeline, String group, List<PartitionOffsets> partitions) {
        if (partitions.isEmpty()) {
            add(new Failure(
                    Finding.POSITION_UNKNOWN,
                    "group " + group + " has committed in none of the topics " + pipeline.topics()
                            + " and is assigned to none: correct the pipeline's topics or its sink.groups, or start the"
                            + " sink (topics of another pipeline's longer prefix are that pipeline's)"));
        }
        partitions.stream()
                .filter(offsets -> offsets.committedRead()
                        && offsets.committed() == null
                        && offsets.end() != null
                        && offsets.next(group) == null)
                .findFirst()
                .ifPresent(offsets -> add(new Failure(
                        Finding.POSITION_UNKNOWN,
                        "group " + group + " has no committed offset in " + offsets.topic() + "-" + offsets.partition()
                                + ": where it begins to read is not known until it commits")));
    }

    private static String recreated(String group, PartitionOffsets offsets) {
        return "group " + group + " had committed beyond the end " + offsets.highWatermark() + " of " + offsets.topic()
                + "-"
                + offsets.partition() + ": the topic was recreated or truncated; reset the group's offsets, and take a"
                + " new snapshot if changes are missing";
    }

    private static String dataLoss(String group, PartitionOffsets offsets) {
        return "group " + group + " committed offset " + offsets.committed() + " in " + offsets.topic() + "-"
                + offsets.partition() + ", but retention has deleted everything below " + offsets.beginning()
                + ": the sink will skip " + (offsets.beginning() - offsets.committed())
                + " offsets; restore them by a new snapshot and lengthen the topic's retention";
    }

    private void judgePosition(String group, SinkPosition position, Lag lag) {
        if (position.changed() != null) {
            details.putIfAbsent(position.changed().finding(), position.changed().detail());
        }
        if (position.sink() == null) {
            sayWhy("the sink's LSN can't be told", position.why());
        } else if (position.why() != null) {
            // What was not read is nobody's lag.
            sayWhy("the sink may be further than its LSN", position.why());
        } else if (details.isEmpty()) {
            judgeLag(group, position, lag);
        }
    }

    /** A cause that has been found already explains it; whatever else it is must be said, since nothing is known. */
    private void sayWhy(String consequence, Failure why) {
        if (details.isEmpty()) {
            add(new Failure(why.finding(), consequence + ": " + why.detail()));
        } else if (why.finding() != Finding.POSITION_UNKNOWN) {
            details.putIfAbsent(why.finding(), why.detail());
        }
    }

    private void judgeLag(String group, SinkPosition position, Lag lag) {
        String age = position.totalLagMs() == null
                ? "of unknown age"
                : (position.ageGrade() == SinkPosition.AgeGrade.EXACT ? "" : "at most ") + position.totalLagMs()
                        + " ms old";
        if (lag.totalBytes() == null) {
            // The distance does not fit a number: no position of one history is that far away.
            add(new Failure(Finding.POSITION_UNKNOWN, "the sink's LSN " + position.sink() + " is out of reach"));
        } else if (lag.totalBytes() == 0 && Long.valueOf(0).equals(lag.records())) {
            details.put(Finding.NONE, "group " + group + " has consumed everything");
        } else if (lag.sinkBytes() >= lag.captureBytes()) {
            details.put(
                    Finding.SINK_BEHIND,
                    "group " + group + " is " + lag.totalBytes() + " bytes behind the source, " + lag.sinkBytes()
                            + " of them its own; the oldest change that waits is " + age
                            + (position.blocking() == null ? "" : ", in " + position.blocking()));
        } else {
            details.put(
                    Finding.CAPTURE_BEHIND,
                    "group " + group + " is " + lag.totalBytes() + " bytes behind the source, " + lag.captureBytes()
                            + " of them not published by the source connector yet, or not known to be; the oldest"
                            + " change that waits is " + age);
        }
    }

    private void add(Failure failure) {
        details.merge(
                failure.finding(), failure.detail(), (one, other) -> one.equals(other) ? one : one + "; " + other);
    }
}
