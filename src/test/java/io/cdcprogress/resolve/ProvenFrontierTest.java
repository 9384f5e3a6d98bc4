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
        return new SourceConnectorFacts(
                true, true, lsn == null ? null : new Lsn(lsn), 0, null, 0, null, true, null, null);
    }

    private Lsn at(long at, long listedAt, SlotFacts slot, SourceConnectorFacts source) {
        frontier.note(at, slot, new Lsn(1000), source);
        return frontier.at(listedAt, source.asked(), new Lsn(1000));
    }

    private static SlotFacts confirmed(long lsn, int pid) {
        return new SlotFacts(new Lsn(lsn), new Lsn(1), null, null, pid, "reserved", null, null);
    }

    @Test
    void isWhatConnectHasStored() {
        assertThat(at(10, 10, confirmed(90), stored(50L))).isEqualTo(new Lsn(50));
    }

    @Test
    void isUnknownWithoutAStoredCommitAndNeverFallsBackToTheSlot() {
        at(10, 10, confirmed(90), stored(null));

        assertThat(at(20, 20, confirmed(95), stored(null))).isNull();
    }

    @Test
    void outlastsAConnectThatDoesNotAnswer() {
        at(10, 10, confirmed(90), stored(50L));

        assertThat(at(20, 20, confirmed(90), stored(null))).isEqualTo(new Lsn(50));
    }

    @Test
    void countsFromWhenConnectToldItThoughTheServerDidNotAnswerThen() {
        frontier.note(10, null, null, stored(50L));

        assertThat(at(20, 15, confirmed(90), stored(50L))).isEqualTo(new Lsn(50));
    }

    @Test
    void doesNotCountBeforeTheTopicsAreListedAnew() {
        assertThat(at(10, 9, confirmed(90), stored(50L))).isNull();
        assertThat(at(20, 19, confirmed(90), stored(70L))).isEqualTo(new Lsn(50));
    }

    @Test
    void doesNotCountBeyondTheServersWal() {
        assertThat(at(10, 10, confirmed(90), stored(2000L))).isNull();
        assertThat(frontier.why(stored(2000L), new Lsn(1000))).contains("0/7D0", "0/3E8", "of another server");
    }

    @Test
    void doesNotCountBeyondTheWalEitherWhereTheServerAnsweredOnlyLater() {
        frontier.note(10, null, null, stored(2000L));

        assertThat(at(20, 20, confirmed(90), stored(2000L))).isNull();
    }

    @Test
    void isWhatTheSlotHasConfirmedOnceItHasMovedOn() {
        assertThat(at(10, 10, confirmed(50), SourceConnectorFacts.NOT_ASKED))
                .as("a fresh slot starts at its consistent point, with nothing published")
                .isNull();
        assertThat(at(20, 20, confirmed(60), SourceConnectorFacts.NOT_ASKED)).isEqualTo(new Lsn(60));
    }

    @Test
    void aNewSlotThatNobodySawBeingMadeIsNotTakenForTheOldOne() {
        at(10, 10, confirmed(50), SourceConnectorFacts.NOT_ASKED);
        at(20, 20, confirmed(60), SourceConnectorFacts.NOT_ASKED);

        assertThat(at(30, 30, confirmed(100, 8), SourceConnectorFacts.NOT_ASKED))
                .as("another walsender's, perhaps of another slot")
                .isEqualTo(new Lsn(60));
        assertThat(at(40, 40, confirmed(120, 8), SourceConnectorFacts.NOT_ASKED))
                .isEqualTo(new Lsn(120));
    }

    @Test
    void whatConnectHasStoredOfTheHistoryBeforeIsNotOfTheNewOne() {
        at(10, 10, confirmed(90), stored(80L));
        frontier.restart();

        assertThat(at(20, 20, confirmed(20, 8), stored(80L))).isNull();
        assertThat(at(30, 30, confirmed(20, 8), stored(85L))).as("stored late").isNull();
        assertThat(at(40, 40, confirmed(30, 8), stored(85L)))
                .as("Debezium confirms what it has stored, but this was perhaps read before")
                .isNull();
        assertThat(at(50, 50, confirmed(30, 8), stored(30L))).isEqualTo(new Lsn(30));
    }
}
