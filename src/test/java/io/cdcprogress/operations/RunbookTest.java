package io.cdcprogress.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cdcprogress.model.Finding;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever is called finds what to do. */
class RunbookTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(#([^)]+)\\)");

    static List<Alert> alerts() throws Exception {
        return Alert.all();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysWhatItIsAndWhereToRead(Alert alert) throws Exception {
        assertThat(alert.severity()).isIn("page", "ticket");
        assertThat(alert.annotations()).containsOnlyKeys("summary", "description", "runbook_url");
        String url = alert.annotations().get("runbook_url");
        assertThat(url).startsWith("docs/runbook.md#");
        assertThat(Runbook.read().anchors()).contains(url.substring(url.indexOf('#') + 1));
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertHasASectionThatSaysWhatToDo(Alert alert) throws Exception {
        assertThat(Runbook.read().section(alert.name()))
                .contains("**Means:**", "**Confirm:**", "**Fix", "**Leave alone:**");
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void everyFindingHasASectionThatLeadsToItsAlert(Finding finding) throws Exception {
        String alert = FindingAlerts.TABLE.get(finding);

        assertThat(Runbook.read().section(finding.name())).isNotBlank();
        if (alert != null) {
            assertThat(Runbook.read().section(finding.name()))
                    .contains("[" + alert + "](#" + alert.toLowerCase(Locale.ROOT) + ")");
        }
    }

    @Test
    void theTableOfFindingsIsWhatTheRulesSay() throws Exception {
        for (Map.Entry<Finding, String> entry : FindingAlerts.TABLE.entrySet()) {
            boolean late = Set.of(Finding.SINK_BEHIND, Finding.CAPTURE_BEHIND).contains(entry.getKey());
            assertThat(Alert.all())
                    .filteredOn(
                            alert -> entry.getValue() != null && alert.name().equals(entry.getValue()) && !late)
                    .allSatisfy(alert -> assertThat(alert.findings()).contains(entry.getKey()));
        }
        assertThat(FindingAlerts.TABLE).containsOnlyKeys(Finding.values());
    }

    @Test
    void linksLeadSomewhere() throws Exception {
        Runbook runbook = Runbook.read();
        Matcher link = LINK.matcher(Files.readString(Runbook.FILE));
        while (link.find()) {
            assertThat(runbook.anchors()).contains(link.group(1));
        }
    }
}
