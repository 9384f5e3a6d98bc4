package io.cdcprogress.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page's pure functions, each on its own, in the engine that runs them. */
class PageFunctionsIT {
    private static PageStub stub;
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        stub = new PageStub();
        browser.open(stub.url());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            stub.close();
        }
    }

    private static String js(String module, String expression) {
        return String.valueOf(browser.await(
                "const m = await import('/cdc-progress/" + module + ".js'); return String(" + expression + ");"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lsn     | m.parseLsn('0/28ABE88')                              | 42647176",
                "lsn     | m.parseLsn('FFFFFFFF/FFFFFFFF')                      | 18446744073709551615",
                "lsn     | m.parseLsn('1/0')                                    | 4294967296",
                "lsn     | m.parseLsn('28ABE88')                                | null",
                "lsn     | m.parseLsn(null)                                     | null",
                "lsn     | m.bytesBetween('0/1D4BD48', '0/1D4DC70')             | 7976",
                "lsn     | m.bytesBetween('7FFFFFFF/FFFFFFFF', '80000000/1')    | 2",
                "lsn     | m.bytesBetween(null, '0/1')                          | null",
                "format  | m.bytes(0)                                           | 0 bytes",
                "format  | m.bytes(1)                                           | 1 byte",
                "format  | m.bytes(7976)                                        | 7.8 kB",
                "format  | m.bytes(3435973837)                                  | 3.2 GB",
                "format  | m.bytes(-2048)                                       | −2.0 kB",
                "format  | m.duration(0)                                        | 0 s",
                "format  | m.duration(2922)                                     | 2.9 s",
                "format  | m.duration(119999)                                   | 119 s",
                "format  | m.duration(2922000)                                  | 48 min 42 s",
                "format  | m.duration(8100000)                                  | 2 h 15 min",
                "format  | m.duration(7200000)                                  | 2 h",
                "format  | m.duration(180000000)                                | 2 d 2 h",
                "format  | m.duration(m.upwards(13400))                         | 14 s",
                "format  | m.duration(m.upwards(2910))                          | 3.0 s",
                "format  | m.duration(m.upwards(3000))                          | 3.0 s",
                "format  | m.duration(m.upwards(7260001))                       | 2 h 2 min",
                "format  | m.seconds(2922)                                      | 2.9 s",
                "format  | m.seconds(2922000)                                   | 2,922 s",
                "format  | m.roughly(2280000)                                   | 38 min",
                "numbers | m.larger({ sink: 3, capture: 1 })                    | Larger half: sink, 75 %",
                "numbers | m.larger({ sink: 1, capture: 1999 })                 | Larger half: capture, > 99 %",
                "numbers | m.larger({ sink: 0, capture: 0 })                    | No lag in either half",
                "numbers | m.larger({ sink: null, capture: 5 })                 | Halves",
                "ruler   | m.roundStep(3)                                       | 5",
                "ruler   | m.roundStep(1500)                                    | 2048",
                "ruler   | m.roundStep(90000000)                                | 104857600",
                "partitions | m.lagNow({ lag_records: 3, lag_ms: 9000, age_ms: 500 })              | 9500",
                "partitions | m.lagNow({ lag_records: 3, lag_ms: 9000, age_ms: 500, stale: true }) | 9000",
                "partitions | m.lagNow({ lag_records: 0, lag_ms: 0, age_ms: 500 })                 | 0",
                "health  | m.rank('SOMETHING_NEW')                              | 2",
                "health  | m.standing({ health: 'OK', stale: true })            | UNKNOWN",
                "health  | m.standing({ health: 'LOST', stale: true })          | UNKNOWN",
                "reasons | m.reason({ findings: 'SINK_BEHIND,SLOT_LOST' }, 'restart_lsn')       | slot lost",
                "reasons | m.reason({ findings: 'KAFKA_UNREACHABLE' }, 'sink_lag_records')      | kafka unreachable",
                "reasons | m.reason({ findings: '' }, 'sink_lsn')                               | not told"
            })
    void gives(String module, String expression, String expected) {
        assertThat(js(module, expression)).isEqualTo(expected);
    }

    private static final String SINK =
            "{ restart_lsn: '%s', processed_lsn: '0/5000', published_lsn: '0/6000', sink_lsn: '0/4000', source_lsn: '0/8000' }";

    private static String drawn(String restart, String what) {
        return js(
                "ruler",
                "JSON.stringify((g => " + what + ")(m.geometry(" + SINK.formatted(restart)
                        + ", 1002, text => text.length * 7)))");
    }

    private static final String POSITIONS =
            "Object.fromEntries(g.marks.map(k => [k.name, Math.round(k.x)]).sort((a, b) => a[1] - b[1]))";

    @Test
    void theRulerIsToScaleWithTheSourceAtItsEnd() {
        assertThat(drawn("0/3000", POSITIONS))
                .isEqualTo("{\"restart\":1,\"sink\":201,\"processed\":401,\"published\":601,\"source\":1001}");
        assertThat(drawn("0/3000", "g.break")).isEqualTo("null");
        assertThat(drawn("0/3000", "g.halves.map(h => [h.name, h.x0, h.x1].map(v => Math.round(v) || v))"))
                .isEqualTo("[[\"sink\",201,601],[\"capture\",601,1001]]");
    }

    @Test
    void whatLiesFarAwayIsBeyondABreakThatSaysHowMuchItLeavesOut() {
        String far = js(
                "ruler",
                "JSON.stringify((g => [g.break.bytes, g.marks.find(k => k.name === 'restart').x, g.break.x1,"
                        + " g.marks.find(k => k.name === 'sink').x])(m.geometry({ restart_lsn: '0/0',"
                        + " processed_lsn: '1/5000', published_lsn: '1/6000', sink_lsn: '1/4000', source_lsn: '1/8000' },"
                        + " 1002, text => text.length * 7)))");
        // All of restart to source, less what lies right of the break: 16 kB from the sink on.
        assertThat(far).startsWith("[" + ((1L << 32) + 0x8000 - 0x4000) + ",1,").contains("115.2,115.2");
    }

    @Test
    void labelsDoNotCollideAlsoWhereAllMarksAreInOnePlaceOnAPhone() {
        String gaps = js(
                "ruler",
                "JSON.stringify([true, false].map(above => (row => row.slice(1).every((k, i) => row[i].label + row[i].size <="
                        + " k.label) && row[0].label >= 0 && row.at(-1).label + row.at(-1).size <= 310)"
                        + "(m.geometry({ restart_lsn: '2A/298E958', processed_lsn: '2A/298E958', published_lsn: '2A/298E958',"
                        + " sink_lsn: '2A/298E958', source_lsn: '2A/298E958' }, 310, text => text.length * 7)"
                        + ".marks.filter(k => k.above === above))))");
        assertThat(gaps).isEqualTo("[true,true]");
    }

    @Test
    void withoutASourceThereIsNoRuler() {
        assertThat(js("ruler", "m.geometry({ sink_lsn: '0/1', source_lsn: null }, 300, () => 1)"))
                .isEqualTo("null");
    }

    @Test
    void thePlotHasAGapWhereNothingIsKnown() {
        String values = js(
                "lagseries",
                "JSON.stringify((({ field, values }) => [field, values])(m.lagSeries({ observed_at: [0, 1000, 2000, 3000, 9000],"
                        + " total_lag_ms: [5, null, 7, 8, 9], health: [] }, 1000)))");
        assertThat(values).isEqualTo("[\"total_lag_ms\",[5,null,7,8,null,9]]");
        assertThat(js("lagseries", "m.lagSeries({ observed_at: [0], total_lag_ms: [null] }, 1000)"))
                .isEqualTo("null");
        assertThat(js(
                        "lagseries",
                        "m.lagSeries({ observed_at: [0], total_lag_ms: [null], sink_lag_records: [4] }, 1000).field"))
                .isEqualTo("sink_lag_records");
    }

    @Test
    void changesOfTheVerdictAreSaidAndNothingElse() {
        String news = js(
                "health",
                "m.changes(new Map([['a', { health: 'OK', finding: 'NONE' }], ['b', { health: 'STALLED', finding: 'X' }],"
                        + " ['gone', { health: 'OK' }]]), new Map([['a', { health: 'STALLED', finding: 'SINK_STALLED' }],"
                        + " ['b', { health: 'STALLED', finding: 'Y' }], ['new', { health: 'OK', finding: 'NONE' }]])).join('|')");
        assertThat(news).isEqualTo("a: STALLED, SINK_STALLED, was OK|new: OK|gone: no longer reported");
    }
}
