package io.cdcprogress.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a sentence advises must not make it worse, and must not be what has been done already. */
class AdviceTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            +0s end0=110 sinkConnector=PAUSED +10s                        | is PAUSED; 10 records wait                     | PUT /connectors/sink/resume        | its worker
            +0s end0=110 sinkConnector=PAUSED trace=resumed +10s          | is PAUSED: resumed; 10 records wait            | see the log of its worker          | /resume
            +0s source=PAUSED trace=resumed +10s                          | is PAUSED: resumed; nothing comes              | see the log of its worker          | /resume
            +0s walStatus=lost restart=? +10s                             | has invalidated slot orders_slot: changes      | delete its offsets, drop the slot  | at the next
            +0s walStatus=lost restart=? invalidation=wal_removed +10s    | has invalidated slot orders_slot (wal_removed) | before that, raise max_slot_wal    | at the next
            +0s walStatus=lost restart=? invalidation=idle_timeout +10s   | has invalidated slot orders_slot (idle_timeou  | delete its offsets, drop the slot  | max_slot_wal
            """)
    void saysWhatIsAndWhatToDo(String script, String says, String advises, String never) {
        Scene scene = new Scene();
        scene.play(script);
        assertThat(scene.last().verdict().detail())
                .contains(says)
                .contains(advises)
                .doesNotContain(never);
    }
}
