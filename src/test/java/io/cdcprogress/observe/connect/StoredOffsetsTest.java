package io.cdcprogress.observe.connect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cdcprogress.model.Lsn;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Answers as a worker with a Debezium connector gave them. */
class StoredOffsetsTest {
    static final String AFTER_SNAPSHOT = """
            {"offsets":[{"partition":{"server":"cdc"},"offset":{"lsn":30810240,"txId":757,"ts_usec":1795465522250726}}]}""";
    static final String STREAMED = """
            {"offsets":[{"partition":{"server":"cdc"},"offset":{"lsn_proc":30838184,"messageType":"COMMIT",\
            "lsn_commit":30838184,"lsn":30838184,"txId":766,"ts_usec":1795465566490681}}]}""";
    private static final String TWO = """
            {"offsets":[{"partition":{"server":"old"},"offset":{"lsn_commit":1}},\
            {"partition":{"server":"cdc"},"offset":{"lsn_commit":2}}]}""";

    private static StoredOffsets read(String json) throws IOException {
        return Json.read(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)), StoredOffsets.class);
    }

    @Test
    void tellsTheCommitUpToWhichEverythingIsInKafka() throws Exception {
        assertThat(read(STREAMED).commit("cdc")).isEqualTo(new Lsn(30838184));
        assertThat(read(STREAMED).commit(null)).isEqualTo(new Lsn(30838184));
        assertThat(read(STREAMED.replace("30838184", "-1")).commit("cdc")).hasToString("FFFFFFFF/FFFFFFFF");
    }

    @Test
    void tellsNoneBeforeAnythingWasStreamed() throws Exception {
        assertThat(read(AFTER_SNAPSHOT).commit("cdc")).isNull();
        assertThat(read("{\"offsets\":[]}").commit("cdc")).isNull();
        assertThat(read("{\"offsets\":[{\"partition\":{\"server\":\"cdc\"},\"offset\":null}]}")
                        .commit("cdc"))
                .isNull();
        assertThat(read(STREAMED.replace("30838184", "0")).commit("cdc")).isNull();
    }

    @Test
    void takesTheOffsetOfTheConnectorsOwnPrefix() throws Exception {
        assertThat(read(TWO).commit("cdc")).isEqualTo(new Lsn(2));
        assertThat(read(TWO).commit("old")).isEqualTo(new Lsn(1));
    }

    @Test
    void guessesNotWhoseOffsetItIs() throws Exception {
        StoredOffsets two = read(TWO);
        assertThatThrownBy(() -> two.commit(null)).hasMessageContaining("[old, cdc]");
        assertThatThrownBy(() -> two.commit("new")).hasMessageContaining("none of its topic.prefix new");
        StoredOffsets one = read(STREAMED);
        assertThatThrownBy(() -> one.commit("new"))
                .as("the prefix was changed: nothing of the new topics rests on the old offset")
                .hasMessageContaining("[cdc]");
    }

    @Test
    void refusesWhatAreNoOffsets() {
        for (String answer : new String[] {
            "{}",
            "[]",
            "null",
            "{\"offsets\":null}",
            STREAMED.replace("\"lsn_commit\":30838184", "\"lsn_commit\":\"0/1\""),
            STREAMED.replace("\"lsn_commit\":30838184", "\"lsn_commit\":1.5")
        }) {
            assertThatThrownBy(() -> read(answer)).as(answer).isInstanceOf(IOException.class);
        }
    }
}
