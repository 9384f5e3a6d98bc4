package io.cdcprogress.resolve.model;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionOffsets;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.ServerFacts;
import io.cdcprogress.model.SinkPosition;
import io.cdcprogress.model.SlotFacts;
import java.util.List;

/** One observation in two lines, for the story of a history that failed. */
final class Told {
    private Told() {}

    static String of(Seen seen, SinkPosition position) {
        SlotFacts slot = seen.slot().slotFacts();
        ServerFacts server = seen.slot().serverFacts();
        StringBuilder text = new StringBuilder();
        text.append("observed from ").append(seen.at() / Dials.MS);
        text.append(
                slot == null
                        ? ": no slot"
                        : ": source " + server.sourceLsn() + " sent " + slot.sentLsn() + " write " + slot.writeLsn()
                                + " pid " + slot.activePid() + " confirmed " + slot.processedLsn());
        text.append(" stored ").append(seen.source().storedCommit());
        text.append(" topics ")
                .append(seen.kafka().topics().get(Observer.PIPELINE).topics().keySet())
                .append(';');
        List<PartitionOffsets> partitions = seen.partitions() == null ? List.of() : seen.partitions();
        for (PartitionOffsets offsets : partitions) {
            PartitionPosition told = position.partitions().get(offsets.id());
            text.append(' ')
                    .append(offsets.id())
                    .append(": ")
                    .append(offsets.committed())
                    .append(" of ");
            text.append(offsets.beginning()).append("..").append(offsets.highWatermark());
            text.append(told == null ? "" : " " + told.state() + (told.bound() == null ? "" : " " + told.bound()));
            text.append(';');
        }
        text.append("\n      -> ").append(position.grade()).append(" sink ").append(position.sink());
        text.append(" published ")
                .append(position.published())
                .append(" proven ")
                .append(position.proven());
        text.append(", age ").append(position.ageGrade()).append(' ').append(position.totalLagMs());
        text.append(position.why() == null ? "" : ", because " + position.why().detail());
        text.append("; true: consumed ").append(upTo(seen.truth().consumedUpTo()));
        text.append(", published ").append(upTo(seen.truth().publishedUpTo()));
        return text.toString();
    }

    private static String upTo(long lsn) {
        return lsn == Long.MAX_VALUE ? "all" : new Lsn(lsn).toString();
    }
}
