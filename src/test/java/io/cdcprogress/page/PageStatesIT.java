package io.cdcprogress.page;

import static io.cdcprogress.page.CannedAnswers.pipeline;
import static io.cdcprogress.page.Fleet.BEHIND;
import static io.cdcprogress.page.Fleet.OK;
import static io.cdcprogress.page.Fleet.STALE;
import static io.cdcprogress.page.Fleet.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** What the page makes of answers that a real pipeline would take hours to give. */
class PageStatesIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static PageStub stub;
    private static Browser browser;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        stub = new PageStub();
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            stub.close();
        }
    }

    @BeforeEach
    void forget() {
        browser.wide().scheme("light").console();
    }

    private static void show(ObjectNode... pipelines) {
        stub.gives(pipelines);
        browser.open(stub.url());
        await().atMost(PATIENCE).until(() -> browser.elements("article").size() == pipelines.length);
    }

    private static void showAll() {
        show(Fleet.all());
    }

    private static String of(String pipeline, String css) {
        return browser.text("[data-pipeline=" + pipeline + "] " + css);
    }

    @Test
    void theWorstComesFirstAndTheTitleSaysHowManyThereAre() {
        showAll();
        assertThat(browser.elements("article").stream().map(node -> node.getAttribute("data-pipeline")))
                .containsExactly("billing", "orders", "ledger", "legacy", "audit", "clicks", "inventory");
        assertThat(browser.title()).isEqualTo("LOST 1/7 · CDC progress");
        assertThat(browser.text("#summary")).isEqualTo("1 LOST\n1 STALLED\n2 UNKNOWN\n1 AT RISK\n1 BEHIND\n1 OK");
    }

    @Test
    void aRowSaysWhatHowMuchWhyAndByWhen() {
        showAll();
        assertThat(of("orders", ".badge")).isEqualTo("STALLED");
        assertThat(of("orders", ".cell.lag")).isEqualTo("Lag\n48 min 42 s\n2,922 s, exact");
        assertThat(of("orders", ".cell.bytes")).contains("48.0 MB").contains("56.0 kB retained");
        assertThat(of("orders", ".cell.records")).isEqualTo("Records\n41,233\nin 5 of 6 partitions");
        assertThat(of("orders", ".halves"))
                .contains("Larger half: sink")
                .contains("sink 48.0 MB")
                .contains("capture 40.0 kB");
        assertThat(of("orders", ".finding"))
                .contains("SINK_STALLED")
                .contains("resume it")
                .contains("deletes unread records in about 5 h");
        assertThat(of("clicks", ".cell.lag")).isEqualTo("Lag, at most\n4 min 12 s\n252 s, at most");
        assertThat(of("clicks", ".finding")).contains("Caught up in about 2 min");
        assertThat(of("audit", ".finding")).contains("invalidates the slot in about 38 min");
        assertThat(browser.elements(".deadlines .near").stream().map(WebElement::getText))
                .containsExactly("PostgreSQL invalidates the slot in about 38 min");
    }

    @Test
    void whatIsUnknownIsSaidToBeUnknownWithItsReasonAndNeverZero() {
        show(UNKNOWN);
        assertThat(of("ledger", ".cell.lag")).isEqualTo("Lag\nunknown\nsource unreachable");
        assertThat(of("ledger", ".cell.bytes")).isEqualTo("WAL behind\nunknown\nsource unreachable");
        assertThat(of("ledger", ".halves")).contains("sink unknown").contains("capture unknown");
        assertThat(browser.element("[data-field=total_lag_ms]").getDomAttribute("value"))
                .isNull();
        assertThat(of("ledger", ".ruler-figure")).contains("No ruler").contains("source unreachable");
        assertThat(of("ledger", ".facts"))
                .contains("slot\nunknown (source unreachable)")
                .doesNotContain("0 bytes");
    }

    @Test
    void whatIsStaleIsCalledSoAndIsNoLongerOk() {
        show(STALE);
        assertThat(of("legacy", ".badge")).isEqualTo("was OK");
        assertThat(of("legacy", ".stale-note"))
                .contains("nothing has been published for 16 min")
                .contains("cdc-progress");
        assertThat(browser.title()).startsWith("UNKNOWN 1/1");
    }

    @Test
    void withoutAnAnswerThePageSaysSinceWhenItsNumbersAreOldAndRecovers() {
        show(OK);
        stub.refuses(500, "the reader has died");
        await().atMost(PATIENCE).until(() -> browser.text("#trouble").contains("No answer since"));
        assertThat(browser.text("#trouble"))
                .contains("500, the reader has died")
                .contains("The numbers below are of");
        assertThat(browser.title()).startsWith("NO ANSWER");
        stub.gives(OK);
        await().atMost(PATIENCE).until(() -> browser.text("#trouble").isEmpty());
        assertThat(browser.title()).startsWith("OK 1/1");
    }

    @Test
    void withoutAnyDataItSaysWhatToDoAndGoesOnByItself() {
        stub.refuses(503, "no record on cdc.progress yet");
        browser.open(stub.url());
        await().atMost(PATIENCE).until(() -> browser.text("#empty").contains("No pipelines yet"));
        assertThat(browser.text("#empty"))
                .contains("no record on cdc.progress yet")
                .contains("cdc.progress.topic");
        assertThat(browser.violations()).isEmpty();
        stub.gives(OK);
        await().atMost(PATIENCE).until(() -> browser.elements("article").size() == 1);
        assertThat(browser.text("#empty")).isEmpty();
    }

    @Test
    void textFromTheApiIsNeverReadAsHtml() {
        String hostile = "<img src=x onerror=\"document.title='hacked'\"><b>bold</b>";
        show(pipeline(CannedAnswers.sink(
                hostile,
                hostile,
                Map.of(
                        "detail",
                        hostile,
                        "health",
                        "BEHIND",
                        "finding",
                        hostile,
                        "slot_name",
                        hostile,
                        "findings",
                        hostile))));
        assertThat(browser.text("article h2")).isEqualTo(hostile);
        assertThat(browser.text("h3")).contains(hostile);
        assertThat(browser.text(".finding")).contains(hostile);
        assertThat(browser.elements("main img, main b")).isEmpty();
        browser.element("summary").click();
        await().atMost(PATIENCE).until(() -> browser.text(".partitions").contains("shop.public.orders"));
        assertThat(browser.console()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNothingWhateverTheState(String scheme) {
        browser.scheme(scheme);
        showAll();
        browser.element("#open-all").click();
        browser.elements("summary").forEach(WebElement::click);
        await().atMost(PATIENCE)
                .until(() -> browser.elements(".partitions tbody tr").size() == 21);
        await().atMost(PATIENCE).until(() -> browser.elements(".plot canvas").size() == 7);
        assertThat(browser.violations()).isEmpty();
        browser.screenshot("states-" + scheme);
        assertThat(browser.console()).isEmpty();
    }

    @Test
    void aPhoneNeedsNoSidewaysScrolling() {
        browser.phone();
        String word = "a_name_without_any_space_in_it".repeat(5);
        ObjectNode named = pipeline(CannedAnswers.sink(
                word, word, Map.of("health", "LOST", "finding", "SLOT_LOST", "findings", "SLOT_LOST", "detail", word)));
        ObjectNode[] all = Fleet.all();
        all[6] = named;
        show(all);
        browser.element("#open-all").click();
        browser.elements("summary").forEach(WebElement::click);
        await().atMost(PATIENCE)
                .until(() -> browser.elements(".partitions tbody tr").size() == 21);
        assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo(360L);
        assertThat(browser.violations()).isEmpty();
        browser.screenshot("states-phone");
    }

    @Test
    void aRefreshThatReordersKeepsFocusPlaceAndWhatIsOpenAndSaysWhatChanged() {
        ObjectNode[] all = IntStream.range(0, 12)
                .mapToObj(i -> pipeline("p" + (char) ('a' + i), Map.of()))
                .toArray(ObjectNode[]::new);
        show(all);
        // Not every browser keeps the place by itself.
        browser.run("document.documentElement.style.overflowAnchor = 'none'");
        WebElement button = browser.element("[data-pipeline=ph] .more");
        button.click();
        browser.run("arguments[0].scrollIntoView({ block: 'center' })", button);
        Object top = browser.run("return Math.round(arguments[0].getBoundingClientRect().top)", button);
        all[9] = pipeline("pj", Map.of("health", "STALLED", "finding", "SINK_STALLED", "findings", "SINK_STALLED"));
        stub.gives(all);
        await().atMost(PATIENCE)
                .until(() -> "pj".equals(browser.element("article").getAttribute("data-pipeline")));
        assertThat(browser.run("return document.activeElement === arguments[0]", button))
                .isEqualTo(true);
        assertThat(browser.run("return Math.round(arguments[0].getBoundingClientRect().top)", button))
                .isEqualTo(top);
        assertThat(button.getAttribute("aria-expanded")).isEqualTo("true");
        assertThat(browser.run("return document.getElementById('changes').textContent"))
                .isEqualTo("pj, connect-pj: STALLED, SINK_STALLED, was OK.");
        // The one that has the focus moves itself.
        all[7] = pipeline("ph", Map.of("health", "LOST", "finding", "SLOT_LOST", "findings", "SLOT_LOST"));
        stub.gives(all);
        await().atMost(PATIENCE)
                .until(() -> "ph".equals(browser.element("article").getAttribute("data-pipeline")));
        assertThat(browser.run("return document.activeElement === arguments[0]", button))
                .isEqualTo(true);
    }

    @Test
    void nothingIsAskedWhileTheTabIsHidden() {
        show(OK);
        browser.run("Object.defineProperty(document, 'hidden', { value: true, configurable: true });"
                + "document.dispatchEvent(new Event('visibilitychange'))");
        stub.gives(BEHIND);
        // Longer than it takes to be refreshed.
        await().during(Duration.ofSeconds(3))
                .atMost(PATIENCE)
                .until(() -> browser.text("article h2").equals("inventory"));
        browser.run("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))");
        await().atMost(PATIENCE).until(() -> browser.text("article h2").equals("clicks"));
    }

    @Test
    void aSinkThatGoesAwayGoesFromThePageToo() {
        ObjectNode two = pipeline("shop", Map.of());
        ((ArrayNode) two.get("sinks")).add(CannedAnswers.sink("shop", "connect-other", Map.of("health", "BEHIND")));
        show(two);
        assertThat(browser.text("h3").lines()).containsExactly("→ connect-other", "→ connect-shop");
        stub.gives(pipeline("shop", Map.of()));
        await().atMost(PATIENCE).until(() -> browser.text("h3").equals("→ connect-shop"));
    }
}
