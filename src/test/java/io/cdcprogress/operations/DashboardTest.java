package io.cdcprogress.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cdcprogress.metrics.ProgressMetric;
import java.awt.Rectangle;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard can be loaded, and shows what there is. */
class DashboardTest {
    private static final Pattern METRIC = Pattern.compile("\\bcdc_[a-z_]+");
    private static final int GRID_WIDTH = 24;

    private Dashboard dashboard;
    private List<JsonNode> shown;

    @BeforeEach
    void read() throws Exception {
        dashboard = Dashboard.read();
        shown = dashboard.panels().stream()
                .filter(panel -> !panel.path("type").asText().equals("row"))
                .toList();
        assertThat(shown).hasSizeGreaterThan(15);
    }

    @Test
    void panelsHaveIdsOfTheirOwn() {
        assertThat(dashboard.panels().stream().map(panel -> panel.path("id").asInt()))
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).isPositive());
    }

    @Test
    void panelsDoNotOverlap() {
        List<Rectangle> places = dashboard.panels().stream()
                .map(panel -> panel.path("gridPos"))
                .map(grid -> new Rectangle(
                        grid.path("x").asInt(),
                        grid.path("y").asInt(),
                        grid.path("w").asInt(),
                        grid.path("h").asInt()))
                .toList();
        assertThat(places).allSatisfy(place -> {
            assertThat(place.isEmpty()).isFalse();
            assertThat(place.x + place.width).isLessThanOrEqualTo(GRID_WIDTH);
        });
        for (int one = 0; one < places.size(); one++) {
            for (int other = 0; other < one; other++) {
                assertThat(places.get(one).intersects(places.get(other)))
                        .as("panels %d and %d", one, other)
                        .isFalse();
            }
        }
    }

    @Test
    void everythingIsAskedOfTheDatasourceThatIsChosen() {
        List<JsonNode> variables = Dashboard.elements(
                        dashboard.json().path("templating").path("list"))
                .toList();

        assertThat(variables.stream().map(variable -> variable.path("name").asText()))
                .containsExactly("datasource", "pipeline", "sink_group");
        assertThat(Stream.of(
                                shown.stream(),
                                shown.stream().flatMap(panel -> Dashboard.elements(panel.path("targets"))),
                                variables.stream().skip(1))
                        .flatMap(all -> all))
                .allSatisfy(asks ->
                        assertThat(asks.path("datasource").path("uid").asText()).isEqualTo("${datasource}"));
    }

    @Test
    void everyPanelSaysWhatItIsAndHasAUnit() {
        assertThat(shown).allSatisfy(panel -> {
            assertThat(panel.path("title").asText()).isNotBlank();
            assertThat(panel.path("description").asText()).isNotBlank();
            assertThat(panel.path("fieldConfig").path("defaults").path("unit").asText())
                    .as(panel.path("title").asText())
                    .isNotBlank();
            assertThat(panel.path("targets")).isNotEmpty();
            assertThat(Dashboard.elements(panel.path("targets"))
                            .map(target -> target.path("refId").asText()))
                    .doesNotHaveDuplicates()
                    .doesNotContain("");
        });
    }

    @Test
    void expressionsHaveNoMacrosThatOnlyGrafanaKnows() {
        assertThat(dashboard.expressions())
                .allSatisfy(expression -> assertThat(expression).isNotBlank().doesNotContain("$"));
    }

    @Test
    void everyMetricIsShown() {
        assertThat(dashboard.expressions().stream()
                        .flatMap(DashboardTest::metrics)
                        .distinct())
                .containsExactlyInAnyOrderElementsOf(Stream.of(ProgressMetric.values())
                        .map(ProgressMetric::prometheusName)
                        .toList());
    }

    @Test
    void alertsAskForMetricsThatThereAre() throws Exception {
        List<String> known = Stream.of(ProgressMetric.values())
                .map(ProgressMetric::prometheusName)
                .toList();
        for (Alert alert : Alert.all()) {
            assertThat(metrics(alert.expression())).isNotEmpty().isSubsetOf(known);
            assertThat(metrics(alert.annotations().get("description"))).isSubsetOf(known);
        }
    }

    @Test
    void everyExpressionIsOne(@TempDir Path folder) throws Exception {
        Optional<Promtool> promtool = Promtool.find();
        assumeTrue(promtool.isPresent(), "there is no promtool here: install Debian's package prometheus");
        List<String> expressions = dashboard.expressions();
        Path rules = folder.resolve("dashboard.yml");
        new YAMLMapper()
                .writeValue(
                        rules.toFile(),
                        Map.of(
                                "groups",
                                List.of(Map.of(
                                        "name",
                                        "dashboard",
                                        "rules",
                                        IntStream.range(0, expressions.size())
                                                .mapToObj(
                                                        i -> Map.of("record", "panel" + i, "expr", expressions.get(i)))
                                                .toList()))));

        Promtool.Answer answer = promtool.get().run("check", "rules", rules.toString());

        assertThat(answer.content()).as(answer.said()).isTrue();
    }

    private static Stream<String> metrics(String expression) {
        return METRIC.matcher(expression).results().map(MatchResult::group);
    }
}
