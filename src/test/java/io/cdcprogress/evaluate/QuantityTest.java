package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({"0, 0 bytes", "1023, 1023 bytes", "1024, 1.0 kB", "3435973837, 3.2 GB", "9223372036854775807, 8192.0 PB"
    })
    void bytesAreInPostgresUnits(long bytes, String text) {
        assertThat(Quantity.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 0.0 s",
        "1500, 1.5 s",
        "59000, 59 s",
        "119000, 119 s",
        "120000, 2 min",
        "7199000, 119 min",
        "7200000, 2 h",
        "172800000, 2 d"
    })
    void timesAreInTheLargestUnitOfWhichThereAreTwo(long millis, String text) {
        assertThat(Quantity.time(Duration.ofMillis(millis))).isEqualTo(text);
    }

    @Test
    void momentsOfLongerAgoHaveTheirDay() {
        Instant now = Instant.parse("2026-01-02T12:00:00Z");
        assertThat(Quantity.moment(now.minusSeconds(60), now)).isEqualTo("11:59:00 UTC");
        assertThat(Quantity.moment(now.minus(Duration.ofDays(2)), now)).isEqualTo("2025-12-31 12:00 UTC");
        assertThat(Quantity.count(1, "record")).isEqualTo("1 record");
        assertThat(Quantity.count(12345, "record")).isEqualTo("12,345 records");
    }
}
