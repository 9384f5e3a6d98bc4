package io.cdcprogress.page;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.cdcprogress.stack.TargetFolder;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Chromium without a window, as Debian packages it. */
final class Browser implements AutoCloseable {
    private static final String AXE = resource("/axe.min.js");

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** Skips the test where there is none: nothing is ever downloaded. */
    static Browser start() {
        Optional<File> chromium = program("chromium");
        Optional<File> chromedriver = program("chromedriver");
        if (chromium.isEmpty() || chromedriver.isEmpty()) {
            String reason = "no chromium or no chromedriver on the PATH (Debian's packages chromium, chromium-driver)";
            System.out.println("[SKIPPED] the page's tests: " + reason);
            assumeTrue(false, reason);
        }
        LoggingPreferences log = new LoggingPreferences();
        log.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions()
                .setBinary(chromium.orElseThrow())
                .addArguments(
                        "--headless",
                        "--no-sandbox", // CI is root
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--user-data-dir=" + TargetFolder.fresh("chromium"));
        options.setCapability("goog:loggingPrefs", log);
        options.setScriptTimeout(Duration.ofSeconds(60));
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver.orElseThrow())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options)).wide();
    }

    private static Optional<File> program(String name) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> new File(folder, name))
                .filter(File::canExecute)
                .findFirst();
    }

    private static String resource(String name) {
        try (InputStream in = Objects.requireNonNull(Browser.class.getResourceAsStream(name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Browser open(URI url) {
        driver.get(url.toString());
        return this;
    }

    Browser wide() {
        return sized(1280, 1000, false);
    }

    Browser phone() {
        return sized(360, 740, true);
    }

    private Browser sized(int width, int height, boolean mobile) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
        return this;
    }

    Browser scheme(String lightOrDark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", lightOrDark))));
        return this;
    }

    WebElement element(String css) {
        return driver.findElement(By.cssSelector(css));
    }

    List<WebElement> elements(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    /** What a reader sees there; empty where there is no such element, or it is hidden. */
    String text(String css) {
        try {
            return elements(css).stream().map(WebElement::getText).collect(joining("\n"));
        } catch (StaleElementReferenceException e) {
            return "";
        }
    }

    String title() {
        return driver.getTitle();
    }

    /** To what has the focus. */
    void press(CharSequence... keys) {
        driver.switchTo().activeElement().sendKeys(keys);
    }

    /** From the top of the page on, as often as it takes, at most through all that can have the focus. */
    boolean tabTo(WebElement goal) {
        for (int i = 0; i < 100; i++) {
            if (driver.switchTo().activeElement().equals(goal)) {
                return true;
            }
            press(Keys.TAB);
        }
        return false;
    }

    /** Gives what the function body returns. */
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** Gives what the body of an async function comes to. */
    Object await(String body) {
        return driver.executeAsyncScript("const done = arguments[0]; (async () => {" + body
                + "})().then(done, error => done('failed: ' + error));");
    }

    /** What axe-core has to say against the page as it stands, one line for each kind of violation. */
    List<String> violations() {
        run(AXE);
        Object found = await("return (await axe.run()).violations.map(v => `${v.id}: ${v.help}; "
                + "${v.nodes.map(n => n.html + ' ' + n.failureSummary).slice(0, 3).join(' | ')}`)");
        return ((List<?>) found).stream().map(String::valueOf).toList();
    }

    /** What the console has been told since it was asked last, below the level of errors too. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(LogEntry::toString)
                .toList();
    }

    /** Below {@code target/screenshots}. */
    void screenshot(String name) {
        try {
            Path folder = Files.createDirectories(TargetFolder.root().resolve("screenshots"));
            Object height = run("return Math.ceil(document.documentElement.getBoundingClientRect().height)");
            Object width = run("return window.innerWidth");
            Map<String, Object> shot = driver.executeCdpCommand(
                    "Page.captureScreenshot",
                    Map.of(
                            "captureBeyondViewport",
                            true,
                            "clip",
                            Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1)));
            Files.write(folder.resolve(name + ".png"), Base64.getDecoder().decode((String) shot.get("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }
}
