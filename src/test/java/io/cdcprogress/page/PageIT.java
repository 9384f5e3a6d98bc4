package io.cdcprogress.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cdcprogress.Deployment;
import io.cdcprogress.stack.CdcPipeline;
import io.cdcprogress.stack.ConnectWorker;
import io.cdcprogress.stack.KafkaRelease;
import io.cdcprogress.stack.OnStack;
import io.cdcprogress.stack.PipelineSpec;
import io.cdcprogress.stack.SharedStack;
import io.cdcprogress.stack.Unique;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/**
 * The page as a worker serves it, beside two real pipelines: one at rest, one whose sink is paused. In order, for it is one
 * story: it grows, it is looked at, it ends as the connector is paused.
 */
@OnStack
@Tag("embedded")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PageIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ORDERS = "[data-pipeline=orders] ";

    /** What the page shows of the paused sink, all at one moment. */
    private static final String SHOWN = """
            const sink = document.querySelector('section[data-pipeline=orders]');
            const value = field => sink.querySelector(`[data-field=${field}]`).getAttribute('value');
            return JSON.stringify({
              sequence: sink.dataset.sequence, observed_at: sink.dataset.observedAt, health: sink.dataset.health,
              total_lag_ms: value('total_lag_ms'), total_lag_bytes: value('total_lag_bytes'),
              sink_lag_records: value('sink_lag_records'),
              sink_lag_bytes: value('sink_lag_bytes'), capture_lag_bytes: value('capture_lag_bytes'),
              detail: sink.querySelector('.words').textContent,
              finding: sink.querySelector('.names .first')?.textContent ?? 'NONE',
              source_lsn: [...sink.querySelectorAll('.positions tr')].find(tr => tr.cells[0].textContent === 'source')
                .cells[1].textContent,
            });""";

    private final SharedStack stack;
    private Browser browser;
    private Deployment deployment;
    private ConnectWorker worker;
    private CdcPipeline orders;
    private CdcPipeline stock;
    private URI page;

    PageIT(SharedStack stack) {
        this.stack = stack;
    }

    @BeforeAll
    void start() {
        browser = Browser.start();
        deployment = new Deployment(stack.database(), stack.broker());
        worker = ConnectWorker.start(
                KafkaRelease.V4_3,
                stack.broker(),
                Unique.name("page"),
                Map.of(
                        "rest.extension.classes",
                        "io.cdcprogress.rest.CdcProgressRestExtension",
                        "cdc.progress.topic",
                        deployment.name(),
                        "cdc.progress.partitions.topic",
                        deployment.name() + ".partitions"));
        page = worker.rest().url().resolve("/cdc-progress/");
        orders = pipeline("orders");
        stock = pipeline("stock");
        deployment
                .watching("orders", orders)
                .watching("stock", stock)
                .with("connect.url", worker.rest().url().toString())
                .with("pipelines.orders.source.connector", orders.sourceConnector())
                .with("pipelines.stock.source.connector", stock.sourceConnector())
                .with("poll.interval.ms", "1000")
                .deploy(worker);
    }

    private CdcPipeline pipeline(String name) {
        CdcPipeline pipeline = CdcPipeline.start(
                PipelineSpec.named(Unique.name(name)).partitions(3).heartbeat(),
                stack.database(),
                stack.broker(),
                worker);
        pipeline.insert(10);
        pipeline.awaitDrained();
        return pipeline;
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {browser, deployment, orders, stock, worker}) {
            closed(part);
        }
    }

    /** What did not start is not there: nothing at all without a browser. */
    private static void closed(AutoCloseable part) {
        try {
            if (part != null) {
                part.close();
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonNode shown() {
        return read(String.valueOf(browser.run(SHOWN)));
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonNode answered() {
        Object text = browser.await("return await (await fetch('../api/v1/monitoring/pipelines/orders/lag')).text();");
        return read(String.valueOf(text)).at("/sinks/0");
    }

    @Test
    @Order(1)
    void aPausedSinkIsSeenGrowingAndTurningStalled() {
        browser.open(page);
        await().atMost(PATIENCE).until(() -> browser.elements("article").size() == 2);
        browser.console(); // It writes there itself that a first answer was 503.
        await().atMost(PATIENCE)
                .until(() -> shown().path("sink_lag_records").asText().equals("0"));
        orders.pauseSink();
        orders.insert(25);
        await().atMost(PATIENCE)
                .until(() -> shown().path("sink_lag_records").asText().equals("25"));
        await().atMost(PATIENCE).until(() -> shown().path("health").asText().equals("STALLED"));
        long lag = shown().path("total_lag_ms").asLong();
        orders.insert(7);
        await().atMost(PATIENCE)
                .until(() -> shown().path("sink_lag_records").asText().equals("32"));
        await().atMost(PATIENCE).until(() -> shown().path("total_lag_ms").asLong() > lag);
        await().atMost(PATIENCE).until(() -> browser.title().startsWith("STALLED 1/2"));
        assertThat(browser.element("article").getDomAttribute("data-pipeline")).isEqualTo("orders");
        assertThat(browser.text(ORDERS + ".badge")).isEqualTo("STALLED");
        assertThat(browser.text(ORDERS + ".halves")).contains("Larger half: sink");
        assertThat(browser.run("return document.getElementById('changes').textContent")
                        .toString())
                .contains("orders, " + orders.sinkGroup() + ": STALLED");
    }

    @Test
    @Order(2)
    void itsNumbersAreThoseOfTheSameObservationInTheApi() {
        await().atMost(PATIENCE).untilAsserted(() -> {
            JsonNode answer = answered();
            JsonNode shown = shown();
            assertThat(shown.path("sequence").asText())
                    .isEqualTo(answer.path("sequence").asText());
            shown.properties()
                    .forEach(field -> assertThat(field.getValue().asText())
                            .as(field.getKey())
                            .isEqualTo(answer.path(field.getKey()).asText()));
            assertThat(answer.path("total_lag_ms").isNumber()).isTrue();
        });
    }

    @Test
    @Order(3)
    void everythingIsReachedByTheKeyboard() {
        browser.open(page);
        await().atMost(PATIENCE).until(() -> browser.elements("article").size() == 2);
        for (WebElement control : browser.elements("#open-all, #close-all, article .more, article summary")) {
            assertThat(browser.tabTo(control)).as(control.getText()).isTrue();
        }
        WebElement details = browser.element(ORDERS + ".more");
        browser.run("arguments[0].focus()", details);
        browser.press(Keys.ENTER);
        assertThat(browser.element(ORDERS + ".details").isDisplayed()).isFalse();
        browser.press(Keys.SPACE);
        assertThat(browser.element(ORDERS + ".details").isDisplayed()).isTrue();
        browser.run("arguments[0].focus()", browser.element(ORDERS + "summary"));
        browser.press(Keys.ENTER);
        await().atMost(PATIENCE)
                .until(() -> browser.elements(ORDERS + ".partitions tbody tr").size() == 3);
        assertThat(browser.elements(ORDERS + ".partitions tbody tr").stream()
                        .mapToLong(row -> Long.parseLong(
                                row.findElements(By.tagName("td")).get(0).getText()))
                        .sum())
                .isEqualTo(orders.sinkLag());
        assertThat(browser.elements(ORDERS + ".partitions caption, " + ORDERS + ".partitions th[scope=col]"))
                .hasSize(7);
    }

    @Test
    @Order(4)
    void itIsAccessibleInLightAndDarkAndOnAPhone() {
        await().atMost(PATIENCE).until(() -> browser.elements(".plot canvas").size() == 2);
        for (String scheme : List.of("light", "dark")) {
            browser.scheme(scheme);
            assertThat(browser.violations()).as(scheme).isEmpty();
            browser.screenshot("page-" + scheme);
        }
        browser.scheme("light").phone();
        await().atMost(PATIENCE)
                .until(() -> browser.run("return document.documentElement.scrollWidth")
                        .equals(360L));
        assertThat(browser.violations()).as("phone").isEmpty();
        browser.screenshot("page-phone");
        browser.wide();
    }

    @Test
    @Order(5)
    void nothingIsAskedOfAnotherHostAndTheConsoleIsSilent() {
        Object others =
                browser.run("return performance.getEntriesByType('resource').map(entry => new URL(entry.name).origin)"
                        + ".filter(origin => origin !== location.origin)");
        assertThat(others).isEqualTo(List.of());
        assertThat(browser.console()).isEmpty();
    }

    @Test
    @Order(6)
    void onceTheConnectorIsPausedWhatIsShownIsCalledStale() {
        worker.rest().pause(deployment.name());
        await().atMost(PATIENCE)
                .until(() -> browser.text(ORDERS + ".stale-note").contains("nothing has been published"));
        assertThat(browser.text("[data-pipeline=stock] .badge")).isEqualTo("was OK");
        assertThat(browser.text(ORDERS + ".badge")).isEqualTo("was STALLED");
        assertThat(browser.title()).as("what was is no verdict").isEqualTo("UNKNOWN 2/2 · CDC progress");
    }
}
