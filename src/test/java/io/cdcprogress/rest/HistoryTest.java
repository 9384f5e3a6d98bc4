package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The last hour in columns. */
class HistoryTest {
    private final History history = new History();

    private void observed(long millis, long lag) {
        history.add(Records.progress(millis, Map.of("total_lag_ms", lag)));
    }

    private JsonNode since(long millis) {
        ObjectNode json = RestClient.JSON.createObjectNode();
        history.write(json, millis);
        return json;
    }

    private static List<Long> numbers(JsonNode array) {
        List<Long> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.isNull() ? null : number.longValue()));
        return numbers;
    }

    @Test
    void ofFiveSecondsTheLastRecordStays() {
        observed(10_000, 1);
        observed(12_000, 2);
        observed(14_999, 3);
        observed(15_000, 4);
        assertThat(numbers(since(0).path("observed_at"))).containsExactly(14_999L, 15_000L);
        assertThat(numbers(since(0).path("total_lag_ms"))).containsExactly(3L, 4L);
    }

    @Test
    void anHourHasAtMost720PointsAndMemoryStaysThatSmall() {
        for (long second = 0; second < 3 * 3600; second++) {
            observed(second * 1000, second);
        }
        JsonNode hour = since((3 * 3600 - 1) * 1000L - History.SPAN_MS);
        assertThat(hour.path("observed_at").size()).isBetween(719, 721);
        assertThat(since(0).path("observed_at").size()).isLessThan(2_100);
        assertThat(numbers(hour.path("observed_at"))).isSorted();
        for (int point = 0; point < hour.path("observed_at").size(); point++) {
            assertThat(hour.path("total_lag_ms").path(point).longValue() * 1000)
                    .isEqualTo(hour.path("observed_at").path(point).longValue());
        }
    }

    @Test
    void whatIsUnknownIsNullInItsColumnAlsoAfterOldPointsHaveGone() {
        for (long step = 0; step < 3_000; step++) {
            Map<String, Object> known = step % 7 == 0 ? Map.of("sink_lag_records", step) : Map.of();
            history.add(Records.progress(step * History.STEP_MS, known));
        }
        JsonNode all = since(0);
        assertThat(numbers(all.path("total_lag_ms"))).containsOnlyNulls();
        for (int point = 0; point < all.path("observed_at").size(); point++) {
            long step = all.path("observed_at").path(point).longValue() / History.STEP_MS;
            assertThat(all.path("sink_lag_records").path(point).isNull())
                    .as("step %d", step)
                    .isEqualTo(step % 7 != 0);
        }
        assertThat(all.path("health"))
                .allSatisfy(health -> assertThat(health.asText()).isEqualTo("OK"));
    }

    @Test
    void whereAClockWentBackWhatWasLaterIsForgotten() {
        observed(100_000, 1);
        observed(200_000, 2);
        observed(150_000, 3);
        assertThat(numbers(since(0).path("total_lag_ms"))).containsExactly(1L, 3L);
    }
}
