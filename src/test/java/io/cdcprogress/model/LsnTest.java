package io.cdcprogress.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LsnTest {
    @ParameterizedTest
    @ValueSource(strings = {"0/0", "0/28ABE88", "16/B374D848", "7FFFFFFF/FFFFFFFF", "80000000/0", "FFFFFFFF/FFFFFFFF"})
    void readsAndWritesPostgresOwnForm(String text) {
        assertThat(Lsn.parse(text)).hasToString(text);
    }

    @Test
    void readsLeadingZerosAndLowerCaseAsPostgresDoes() {
        assertThat(Lsn.parse("00000000/028abe88")).isEqualTo(Lsn.parse("0/28ABE88"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "/", "0/", "/0", "0/G", "0/123456789", "-1/0", " 0/0", "0/0 ", "0/0/0"})
    void refusesWhatIsNoLsn(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Lsn.parse(text)).withMessageContaining("0/28ABE88");
    }

    @Test
    void comparesAsUnsignedNumbersNotAsText() {
        assertThat(Lsn.parse("9/0")).isLessThan(Lsn.parse("10/0"));
        assertThat(Lsn.parse("7FFFFFFF/FFFFFFFF")).isLessThan(Lsn.parse("80000000/0"));
        assertThat(Lsn.parse("FFFFFFFF/FFFFFFFF")).isGreaterThan(Lsn.parse("0/1"));
    }

    @Test
    void countsBytesAcrossTheSignBit() {
        assertThat(Lsn.parse("80000000/10").bytesSince(Lsn.parse("7FFFFFFF/FFFFFFF0")))
                .isEqualTo(32);
    }

    @Test
    void givesNoDistanceRatherThanANegativeOrAWrappedOne() {
        assertThat(Lsn.parse("0/1").bytesSince(Lsn.parse("0/2"))).isNull();
        assertThat(Lsn.parse("FFFFFFFF/FFFFFFFF").bytesSince(Lsn.parse("0/0"))).isNull();
        assertThat(Lsn.parse("7FFFFFFF/FFFFFFFF").bytesSince(Lsn.parse("0/0"))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void agreesWithUnsignedArithmeticOnRandomPositions() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Lsn one = new Lsn(random.nextLong());
            Lsn other = new Lsn(random.nextLong());
            assertThat(Integer.signum(one.compareTo(other)))
                    .as("seed %d: %s and %s", seed, one, other)
                    .isEqualTo(Integer.signum(Long.compareUnsigned(one.value(), other.value())));
            assertThat(Lsn.parse(one.toString())).as("seed %d", seed).isEqualTo(one);
            Long bytes = one.bytesSince(other);
            if (bytes != null) {
                assertThat(other.value() + bytes).as("seed %d", seed).isEqualTo(one.value());
                assertThat(bytes).as("seed %d", seed).isNotNegative();
            }
        }
    }
}
