package io.cdcprogress.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.record.ProgressSchemas;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is decoded of a topic that is read from a day ago. */
class InboxTest {
    private final RecordDecoder decoder =
            new RecordDecoder(ProgressSchemas.PROGRESS, ValueConverter.create(ReaderSettings.of(Map.of())));
    private final List<String> calls = new ArrayList<>();
    private boolean wanted;
    private int asked;
    private final Inbox inbox = new Inbox(
            decoder,
            new Inbox.Table() {
                @Override
                public boolean wants(ByteBuffer key, long timestamp) {
                    asked++;
                    return wanted;
                }

                @Override
                public void put(ByteBuffer key, Received record) {
                    calls.add("put " + record.number("sequence"));
                }

                @Override
                public void remove(ByteBuffer key) {
                    calls.add("remove");
                }
            },
            () -> Records.now(0));

    private void takes(String key, long sequence) {
        inbox.take(Records.consumed(
                key,
                Records.progress("shop", "sink", Map.of("sequence", sequence)).toString(),
                sequence));
    }

    @Test
    void beforeItHasCaughtUpTheNewestOfEachKeyIsEnough() {
        takes("a", 1);
        takes("a", 2);
        takes("b", 3);
        takes("a", 4);
        assertThat(calls).isEmpty();
        inbox.caughtUp();
        assertThat(calls).containsExactlyInAnyOrder("put 3", "put 4");
        takes("a", 5);
        takes("a", 6);
        assertThat(calls).endsWith("put 5", "put 6").hasSize(4);
    }

    @Test
    void whatTheHistoryWantsIsDecodedAtOnceAndNotTwice() {
        takes("a", 1);
        wanted = true;
        takes("a", 2);
        assertThat(calls).containsExactly("put 2");
        inbox.caughtUp();
        assertThat(calls).containsExactly("put 2");
    }

    @Test
    void aTombstoneTakesWhatCameBefore() {
        takes("a", 1);
        inbox.take(Records.consumed("a", null, 2));
        inbox.caughtUp();
        assertThat(calls).containsExactly("remove");
    }

    /** A topic of millions of keys, named by mistake. */
    @Test
    void nothingIsKeptOfATopicThatIsNotOurs() {
        for (int i = 0; i < 10; i++) {
            inbox.take(Records.consumed("key " + i, "{\"order\":" + i + "}", i));
        }
        assertThat(asked).isZero();
        assertThat(decoder.skipped()).isEqualTo(10);
        inbox.caughtUp();
        assertThat(decoder.skipped()).as("none had been kept").isEqualTo(10);
    }

    @Test
    void aKeyIsTakenUpWithTheFirstOfItsRecordsThatCanBeRead() {
        inbox.take(Records.consumed("a", "no JSON", 1));
        takes("a", 2);
        inbox.caughtUp();
        assertThat(calls).containsExactly("put 2");
    }

    @Test
    void whatCantBeDecodedStopsNothing() {
        inbox.caughtUp();
        inbox.take(Records.consumed("a", "no JSON", 1));
        inbox.take(Records.consumed("a", "[1]", 2));
        inbox.take(Records.consumed("a", "{\"pipeline\":\"shop\"}", 3));
        takes("a", 4);
        assertThat(calls).containsExactly("put 4");
        assertThat(decoder.skipped()).isEqualTo(3);
        assertThat(decoder.problem()).isEqualTo("it has no field sink_group, so it is no progress record");
    }
}
