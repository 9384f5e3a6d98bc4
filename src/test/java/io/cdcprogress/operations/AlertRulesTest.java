package io.cdcprogress.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cdcprogress.model.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The alerts by Prometheus' own rule tests. */
class AlertRulesTest {
    /** Those that say no more than that it is late. */
    private static final Set<Finding> LATE = Set.of(Finding.SINK_BEHIND, Finding.CAPTURE_BEHIND);

    private Promtool promtool;

    @BeforeEach
    void find() {
        Optional<Promtool> found = Promtool.find();
        assumeTrue(
                found.isPresent(), "there is no promtool here: install Debian's package prometheus to test the alerts");
        promtool = found.get();
    }

    @Test
    void rulesAreRules() throws Exception {
        Promtool.Answer answer = promtool.run("check", "rules", Alert.FILE.toString());

        assertThat(answer.content()).as(answer.said()).isTrue();
        assertThat(answer.said()).contains(Alert.all().size() + " rules found");
    }

    @Test
    void everyAlertFiresWhenItShouldAndOnlyThen() throws Exception {
        Promtool.Answer answer = promtool.run(
                "test",
                "rules",
                Path.of("src", "test", "prometheus", "alerts_test.yml").toString());

        assertThat(answer.content()).as(answer.said()).isTrue();
    }

    @Test
    void everyFindingCallsWhomItShould(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("findings_test.yml");
        new YAMLMapper()
                .writeValue(
                        file.toFile(),
                        Map.of(
                                "rule_files",
                                        List.of(Alert.FILE.toAbsolutePath().toString()),
                                "evaluation_interval", "1m",
                                "tests",
                                        Stream.of(Finding.values())
                                                .map(AlertRulesTest::holding)
                                                .toList()));
        Promtool.Answer answer = promtool.run("test", "rules", file.toString());

        assertThat(answer.content()).as(answer.said() + Files.readString(file)).isTrue();
    }

    /** A pipeline of which a finding holds, and nothing else, for longer than any alert waits. */
    private static Map<String, Object> holding(Finding finding) {
        Map<Finding, String> alerts = FindingAlerts.TABLE;
        String labels = "{pipeline=\"orders\",sink_group=\"s\"";
        return Map.of(
                "name", finding.name(),
                "interval", "1m",
                "input_series",
                        List.of(
                                series("cdc_finding" + labels + ",finding=\"" + finding + "\"}", "1x60"),
                                series("cdc_health" + labels + ",state=\"" + finding.health() + "\"}", "1x60"),
                                series("cdc_last_success_timestamp_seconds" + labels + "}", "0+60x60"),
                                series("cdc_retained_wal_bytes" + labels + "}", "1048576x60"),
                                series(
                                        "cdc_total_lag_seconds" + labels + "}",
                                        LATE.contains(finding) ? "1200x60" : "60x60"),
                                series("cdc_sink_lag_records" + labels + "}", "7x60")),
                "promql_expr_test",
                        List.of(Map.of(
                                "expr", "count by (alertname) (ALERTS{alertstate=\"firing\"})",
                                "eval_time", "45m",
                                "exp_samples",
                                        Optional.ofNullable(alerts.get(finding)).stream()
                                                .map(alert ->
                                                        Map.of("labels", "{alertname=\"" + alert + "\"}", "value", 1))
                                                .toList())));
    }

    private static Map<String, String> series(String name, String values) {
        return Map.of("series", name, "values", values);
    }
}
