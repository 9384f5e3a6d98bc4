package io.cdcprogress.resolve;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Lsn;
import io.cdcprogress.model.SlotFacts;
import io.cdcprogress.model.SourceConnectorFacts;
import org.junit.jupiter.api.Test;

class ProvenFrontierTest {
    private final ProvenFrontier frontier = new ProvenFrontier();

    private static SlotFacts confirmed(long lsn) {
        return new SlotFacts(new Lsn(lsn), new Lsn(1), null, null, 7, "reserved", null, null);
    }

    private static SourceConnectorFacts stored(Long lsn) {
        return new SourceConnectorFacts(true, true, lsn == null ? null : new Lsn(lsn), true, 0, null, null, null);
    }

    private Lsn at(long at, long listedAt, SlotFacts slot, SourceConnectorFacts source) {
        frontier.offerStored(at, source);
        return frontier.at(at, listedAt, slot, source);
    }

    @Test
    void isWhatConnectHasStored() {
        assertThat(at(10, 10, confirmed(90), stored(50L))).isEqualTo(new Lsn(50));
    }

    @Test
    void isUnknownWithoutAStoredCommitAndNeverFallsBackToTheSlot() {
        frontier.sawStreamed(new Lsn(80));

        assertThat(at(10, 10, confirmed(90), stored(null))).isNull();
    }

    @Test
    void outlastsAConnectThatDoesNotAnswer() {
        at(10, 10, confirmed(90), stored(50L));

        assertThat(at(20, 20, confirmed(90), stored(null))).isEqualTo(new Lsn(50));
    }

    @Test
    void countsFromWhenConnectToldItThoughTheServerDidNotAnswerThen() {
        frontier.offerStored(10, stored(50L));

        assertThat(at(20, 15, confirmed(90), stored(50L))).isEqualTo(new Lsn(50));
    }

    @Test
    void doesNotCountBeforeTheTopicsAreListedAnew() {
        assertThat(at(10, 9, confirmed(90), stored(50L))).isNull();
        assertThat(at(20, 19, confirmed(90), stored(70L))).isEqualTo(new Lsn(50));
    }

    @Test
    void isWhatTheSlotHasConfirmedOnceAStreamedRecordIsSeen() {
        assertThat(at(10, 10, confirmed(50), SourceConnectorFacts.NOT_ASKED))
                .as("a fresh slot starts at its consistent point, with nothing published")
                .isNull();
        assertThat(frontier.needsStreamedRecord()).isTrue();

        frontier.sawStreamed(new Lsn(40));
        assertThat(frontier.needsStreamedRecord()).isFalse();
        assertThat(at(20, 20, confirmed(60), SourceConnectorFacts.NOT_ASKED)).isEqualTo(new Lsn(60));
    }

    @Test
    void aNewSlotIsNotVouchedForByRecordsOfTheOldOne() {
        frontier.sawStreamed(new Lsn(40));
        at(10, 10, confirmed(50), SourceConnectorFacts.NOT_ASKED);
        frontier.restart();
        at(20, 20, confirmed(100), SourceConnectorFacts.NOT_ASKED);
        frontier.sawStreamed(new Lsn(45));
        assertThat(at(30, 30, confirmed(100), SourceConnectorFacts.NOT_ASKED)).isNull();

        frontier.sawStreamed(new Lsn(110));
        assertThat(at(40, 40, confirmed(120), SourceConnectorFacts.NOT_ASKED)).isEqualTo(new Lsn(120));
    }
}
