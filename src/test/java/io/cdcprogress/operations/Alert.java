package io.cdcprogress.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cdcprogress.model.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A rule of config/prometheus/alerts.yml. */
record Alert(String name, String expression, String severity, Map<String, String> annotations) {
    static final Path FILE = Path.of("config", "prometheus", "alerts.yml");

    private static final Pattern FINDINGS = Pattern.compile("finding=~?\"([^\"]+)\"");

    static List<Alert> all() throws IOException {
        YAMLMapper yaml = new YAMLMapper();
        List<Alert> alerts = new ArrayList<>();
        for (JsonNode group : yaml.readTree(FILE.toFile()).path("groups")) {
            for (JsonNode rule : group.path("rules")) {
                alerts.add(new Alert(
                        rule.path("alert").asText(),
                        rule.path("expr").asText(),
                        rule.path("labels").path("severity").asText(),
                        yaml.convertValue(
                                rule.path("annotations"),
                                yaml.getTypeFactory().constructMapType(Map.class, String.class, String.class))));
            }
        }
        return alerts;
    }

    /** That its expression names; a name that is none of ours is an error. */
    Set<Finding> findings() {
        Set<Finding> named = EnumSet.noneOf(Finding.class);
        Matcher matcher = FINDINGS.matcher(expression);
        while (matcher.find()) {
            for (String name : matcher.group(1).split("\\|", -1)) {
                named.add(Finding.valueOf(name));
            }
        }
        return named;
    }
}
