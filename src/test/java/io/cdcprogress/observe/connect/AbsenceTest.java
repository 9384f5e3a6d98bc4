package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.ConnectorFacts;
import io.cdcprogress.model.ConnectorFacts.State;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AbsenceTest {
    private static final ConnectorFacts GONE = new ConnectorFacts("c", State.MISSING, null);
    private static final ConnectorFacts RUNNING = new ConnectorFacts("c", State.RUNNING, null);
    private static final ConnectorFacts UNKNOWN = new ConnectorFacts("c", null, null);

    private final Absence absence = new Absence();

    private ConnectorFacts listed(ConnectorFacts facts, int second) {
        return absence.confirmed(facts, Duration.ofSeconds(second).toNanos());
    }

    @Test
    void isCertainWhenAThirdListingIsWithoutIt() {
        assertThat(listed(RUNNING, 0)).isEqualTo(RUNNING);
        assertThat(listed(GONE, 10)).isEqualTo(UNKNOWN);
        assertThat(listed(GONE, 20)).isEqualTo(UNKNOWN);
        assertThat(listed(GONE, 30)).isEqualTo(GONE);
    }

    @Test
    void beginsAnewWhenItIsListedInBetween() {
        listed(GONE, 10);
        assertThat(listed(RUNNING, 20)).isEqualTo(RUNNING);
        assertThat(listed(GONE, 30)).isEqualTo(UNKNOWN);
    }
}
