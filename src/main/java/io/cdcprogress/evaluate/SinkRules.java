package io.cdcprogress.evaluate;

import io.cdcprogress.evaluate.Windows.Kind;
import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lag;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.Rates;
import io.cdcprogress.model.SinkObservation;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** What the sink does, by Connect's account and by what it does to its group. */
final class SinkRules {
    private static final String KIND = "sink connector";
    private static final String EMPTY = "Empty";

    private final Situation situation;
    private final History history;
    private final Lag lag;
    private final Rates rates;
    private final Findings findings;
    private final String group;

    SinkRules(Situation situation, History history, Lag lag, Rates rates, Findings findings) {
        this.situation = situation;
        this.history = history;
        this.lag = lag;
        this.rates = rates;
        this.findings = findings;
        this.group = "group " + situation.group();
    }

    void judge() {
        ConnectorFacts connector = situation.sinkConnector();
        if (Connectors.is(connector, State.FAILED)) {
            findings.add(
                    Finding.SINK_FAILED,
                    Connectors.told(connector, KIND) + waiting() + "; " + Connectors.restart(connector, "it"));
        }
        if (situation.sinkObservation() instanceof SinkObservation.Unobserved unobserved) {
            findings.add(unobserved.failure());
            return;
        }
        SinkObservation.Observed sink = situation.sink();
        if (sink.failure() != null) {
            findings.add(sink.failure());
        }
        if (sink.missing()) {
            findings.add(
                    Finding.SINK_GROUP_MISSING,
                    "there is no consumer " + group + Connectors.why(connector, KIND)
                            + ": start the sink, or correct sink.groups (a sink connector's group is connect-<its name>)");
        } else if (dataWaits()) {
            judgeStanding(sink);
        }
        if (sink.partitions() != null) {
            judgeOffsets(sink.partitions());
            judgeRetention();
        }
    }

    private boolean dataWaits() {
        return situation.sink() != null
                && situation.sink().partitions() != null
                && situation.sink().partitions().stream()
                        .anyMatch(offsets -> offsets.committedRead()
                                && history.partitions().get(offsets.id()).waitingSince() != null);
    }

    private String waiting() {
        if (!dataWaits()) {
            return "";
        }
        return lag.records() == null
                ? "; records wait, and how many is not known"
                : "; " + Quantity.count(lag.records(), "record") + (lag.records() == 1 ? " waits" : " wait");
    }

    private void judgeStanding(SinkObservation.Observed sink) {
        ConnectorFacts connector = situation.sinkConnector();
        Windows windows = history.windows();
        Instant committedSince = windows.since(Kind.COMMITS);
        // What was not read now may have moved.
        boolean allRead = sink.partitions().stream().allMatch(PartitionOffsets::committedRead);
        boolean toldToStand = allRead && committedSince != null && situation.statesKnownSince(committedSince);
        if (EMPTY.equals(sink.state())) {
            boolean gone = toldToStand && Connectors.is(connector, State.MISSING, State.STOPPED, State.PAUSED);
            boolean longSince = allRead
                    && windows.lasts(
                            Kind.COMMITS,
                            situation.now(),
                            situation.thresholds().stallAfter())
                    && windows.lasts(
                            Kind.WAITING,
                            situation.now(),
                            situation.thresholds().stallAfter());
            if (gone || longSince) {
                findings.add(
                        Finding.SINK_GROUP_EMPTY,
                        group + " has no members and has committed nothing since "
                                + Quantity.moment(committedSince, situation.now())
                                + Connectors.why(connector, KIND) + waiting() + "; "
                                + Connectors.restart(connector, "the sink"));
            }
        } else if (toldToStand && Connectors.is(connector, State.PAUSED)) {
            findings.add(
                    Finding.SINK_STALLED,
                    Connectors.told(connector, KIND) + waiting() + "; " + Connectors.restart(connector, "it"));
        } else if (sink.state() != null) {
            judgeStalled();
        }
    }

    private void judgeStalled() {
        Windows windows = history.windows();
        ConnectorFacts told = situation.sinkConnector();
        // Members refute what Connect has said before they came.
        ConnectorFacts connector = Connectors.is(told, State.MISSING, State.STOPPED) ? null : told;
        if (windows.lasts(Kind.WAITING, situation.now(), situation.thresholds().stallAfter())) {
            long standing = history.partitions().values().stream()
                    .filter(partition -> partition.waitingSince() != null
                            && !partition
                                    .waitingSince()
                                    .isAfter(situation
                                            .now()
                                            .minus(situation.thresholds().stallAfter())))
                    .count();
            String where = windows.of(Kind.WAITING).token();
            findings.add(
                    Finding.SINK_STALLED,
                    group + " has members, but its committed offset in " + where.substring(0, where.lastIndexOf(':'))
                            + " stands since "
                            + Quantity.moment(windows.since(Kind.WAITING), situation.now())
                            + (standing > 1 ? " (and in " + Quantity.count(standing - 1, "other partition") + ")" : "")
                            + waiting() + Connectors.why(connector, KIND) + "; "
                            + Connectors.restart(connector, "the sink"));
        }
    }

    private void judgeOffsets(List<PartitionOffsets> partitions) {
        partitions.stream()
                .filter(this::lost)
                .findFirst()
                .ifPresent(offsets -> findings.add(Finding.DATA_LOSS, dataLoss(offsets)));
        partitions.stream()
                .filter(PartitionOffsets::recreated)
                .findFirst()
                .ifPresent(offsets -> findings.add(Finding.TOPIC_RECREATED, recreated(offsets)));
        history.partitions().entrySet().stream()
                .filter(entry -> entry.getValue().rewoundFrom() != null)
                .min(Map.Entry.comparingByKey(Comparator.<PartitionId>naturalOrder()))
                .ifPresent(entry -> findings.add(Finding.SINK_REWOUND, rewound(entry.getKey(), entry.getValue())));
    }

    /** Where records are read, it may be known that only markers were deleted, or not be known. */
    private boolean lost(PartitionOffsets offsets) {
        PartitionPosition position = situation.position().partitions().get(offsets.id());
        return offsets.belowLogStart()
                && (position == null
                        || (position.why() != null && position.why().finding() == Finding.DATA_LOSS));
    }

    private String recreated(PartitionOffsets offsets) {
        return group + " had committed beyond the end " + offsets.highWatermark() + " of " + offsets.id()
                + ": the topic was recreated or truncated; reset the group's offsets, and take a new snapshot if changes"
                + " are missing";
    }

    private String dataLoss(PartitionOffsets offsets) {
        return group + " committed offset " + offsets.committed() + " in " + offsets.id()
                + ", but retention has deleted everything below " + offsets.beginning() + ": the sink will skip "
                + Quantity.count(offsets.beginning() - offsets.committed(), "offset")
                + "; restore them by a new snapshot and lengthen the topic's retention";
    }

    private String rewound(PartitionId id, PartitionHistory partition) {
        String where = partition.committed() == null
                ? "no longer has a committed offset in " + id + ", where it had come to " + partition.rewoundFrom()
                : "went back in " + id + " from offset " + partition.rewoundFrom() + ", and is at "
                        + partition.committed();
        return group + " " + where
                + ": the target gets these records once more; see who has reset its offsets, and whether the sink is"
                + " idempotent" + waiting();
    }

    private void judgeRetention() {
        Long left = rates.retentionLossSeconds();
        if (left != null
                && left <= situation.thresholds().retentionLossHorizon().toSeconds()) {
            findings.add(
                    Finding.RETENTION_NEAR,
                    "Kafka will delete records that " + group + " has not consumed in about " + Quantity.seconds(left)
                            + " at this rate" + waiting()
                            + "; lengthen retention.ms or retention.bytes of the pipeline's topics now, then see why the"
                            + " sink is late");
        }
    }
}
