package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Failure;
import io.cdcprogress.model.Finding;
import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.PartitionId;
import io.cdcprogress.model.PartitionPosition;
import io.cdcprogress.model.PartitionPosition.State;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarkTest {
    private static final Failure WHY = new Failure(Finding.POSITION_UNKNOWN, "not told");

    private static Lsn lsn(String text) {
        return text.equals("?") ? null : new Lsn(Long.parseLong(text));
    }

    /** {@code 20} lags there, {@code d} drained, {@code h20} held at an earlier bound, {@code h} without, {@code u} unknown. */
    private static PartitionPosition position(String text) {
        return switch (text.charAt(0)) {
            case 'd' -> PartitionPosition.DRAINED;
            case 'u' -> PartitionPosition.unknown(WHY);
            case 'h' -> PartitionPosition.held(text.length() == 1 ? null : lsn(text.substring(1)), WHY);
            default -> new PartitionPosition(State.LAGGING, lsn(text), null, true, 0L, null, null);
        };
    }

    @ParameterizedTest(name = "{0}: {6}")
    @CsvSource(delimiter = '|', textBlock = """
            # no | partitions | F  | before | W  | limited by | why
            1    | 20 30      | 50 | ?      | 20 | 0          | the smallest bound
            2    | 30 20      | 10 | ?      | 10 | -          | the frontier, though all bounds are above it
            3    | d d        | 50 | ?      | 50 | -          | drained sets no limit, the frontier does
            4    | d d        | ?  | ?      | ?  | -          | drained topics alone prove nothing
            5    | 20 d       | ?  | 15     | 15 | -          | without a frontier it stays
            6    | 20 d       | 50 | 35     | 35 | 0          | it never goes back
            7    | h20 30     | 50 | ?      | 20 | 0          | an earlier bound is still a lower one
            8    | h d        | 50 | 15     | 15 | 0          | what can't be told anew stays where it was
            9    | h d        | 50 | ?      | ?  | 0          | and is unknown where it was unknown
            10   | u 30       | 50 | 15     | 15 | 0          | what is unknown does not let it move
            11   | u d        | 50 | ?      | ?  | 0          | not even to the frontier
            12   | 20 u       | 50 | ?      | ?  | 1          | one is enough
            """)
    void isTheSmallestOfFrontierAndBounds(
            int row, String partitions, String frontier, String before, String w, String limited, String why) {
        Map<PartitionId, PartitionPosition> positions = new HashMap<>();
        for (String partition : partitions.split(" ", -1)) {
            positions.put(new PartitionId("t", positions.size()), position(partition));
        }

        Watermark watermark = Watermark.of(positions);

        assertThat(watermark.below(lsn(frontier), lsn(before))).as(why).isEqualTo(lsn(w));
        boolean limits = watermark.unknown() != null || watermark.limits(lsn(w));
        assertThat(limits ? String.valueOf(watermark.limiting().partition()) : "-")
                .as(why)
                .isEqualTo(limited);
    }

    @Test
    void tellsWhyItMayBeLowerThanItWouldHaveToBe() {
        assertThat(watermark("20", "30").held(new Lsn(20))).as("read").isNull();
        assertThat(watermark("h20", "30").held(new Lsn(20)))
                .as("the smallest is of before")
                .isEqualTo(WHY);
        assertThat(watermark("h20", "30").held(new Lsn(10)))
                .as("the frontier limits")
                .isNull();
        assertThat(watermark("20", "h30").held(new Lsn(20)))
                .as("another is the smallest")
                .isNull();
        assertThat(watermark("20", "h").held(new Lsn(10)))
                .as("it stays where it was")
                .isEqualTo(WHY);
    }

    private static Watermark watermark(String... partitions) {
        Map<PartitionId, PartitionPosition> positions = new HashMap<>();
        for (String partition : partitions) {
            positions.put(new PartitionId("t", positions.size()), position(partition));
        }
        return Watermark.of(positions);
    }
}
