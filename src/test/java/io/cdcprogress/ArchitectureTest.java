package io.cdcprogress;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What may import what: ARCHITECTURE.md in a form that fails. */
class ArchitectureTest {
    private static final JavaClasses PRODUCT = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cdcprogress");
    private static final String JAVA = "java.lang..|java.util..|java.time..|java.io..";
    private static final List<String> RAN = new ArrayList<>();

    private static ArchRule only(String pkg, String... allowed) {
        String[] packages = Stream.of(new String[] {JAVA.replace("|", "\n"), "", pkg}, allowed)
                .flatMap(Stream::of)
                .flatMap(String::lines)
                .toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(pkg)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(packages)
                .because("see ARCHITECTURE.md: move the code to the package whose work it is");
    }

    private static ArchRule onlyIn(String library, String... homes) {
        return noClasses()
                .that()
                .resideOutsideOfPackages(homes)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(library)
                .because("its errors and types are translated into the model where it is used");
    }

    static Stream<ArchRule> rules() {
        String model = "io.cdcprogress.model";
        String config = "io.cdcprogress.config";
        String observe = "io.cdcprogress.observe";
        String resolve = "io.cdcprogress.resolve";
        String convert = "io.cdcprogress.convert";
        String kafkaCommon = "org.apache.kafka.common..";
        return Stream.of(
                only(model),
                only(config, model, "java.net", kafkaCommon),
                only(convert, kafkaCommon, "org.apache.kafka.connect.data", "org.apache.kafka.connect.storage"),
                only("io.cdcprogress.discover", model, config, "org.slf4j.."),
                only("io.cdcprogress.evaluate", model),
                only(observe),
                only("io.cdcprogress.record", model, "org.apache.kafka.connect.."),
                only(
                        "io.cdcprogress.metrics",
                        model,
                        "io.cdcprogress.record",
                        "org.apache.kafka.common",
                        "org.apache.kafka.common.metrics",
                        "org.apache.kafka.connect.data",
                        "org.apache.kafka.connect.source",
                        "org.slf4j.."),
                only(
                        "io.cdcprogress.observe.postgres",
                        model,
                        config,
                        observe,
                        "java.sql..",
                        "java.net..",
                        "org.postgresql..",
                        "org.apache.kafka.common.config.types",
                        "org.slf4j.."),
                only(
                        "io.cdcprogress.observe.kafka",
                        model,
                        config,
                        observe,
                        "org.apache.kafka.clients..",
                        kafkaCommon,
                        "org.slf4j.."),
                only(
                        "io.cdcprogress.observe.connect",
                        model,
                        config,
                        observe,
                        "java.net..",
                        "java.nio.charset",
                        "javax.net.ssl..",
                        "com.fasterxml.jackson..",
                        kafkaCommon,
                        "org.slf4j.."),
                only(resolve, model),
                only(
                        "io.cdcprogress.resolve.kafka",
                        resolve,
                        convert,
                        model,
                        config,
                        observe,
                        "org.apache.kafka.clients..",
                        kafkaCommon,
                        "org.apache.kafka.connect.data",
                        "org.apache.kafka.connect.errors",
                        "org.apache.kafka.connect.header",
                        "org.apache.kafka.connect.storage",
                        "com.fasterxml.jackson.core..",
                        "java.nio.charset",
                        "io.debezium..",
                        "org.slf4j.."),
                only(
                        "io.cdcprogress.rest",
                        model,
                        convert,
                        "io.cdcprogress.record",
                        "org.apache.kafka.clients.consumer",
                        kafkaCommon,
                        "org.apache.kafka.connect..",
                        "com.fasterxml.jackson.databind..",
                        "jakarta.ws.rs..",
                        "org.glassfish.jersey.server.spi",
                        "java.nio",
                        "java.nio.charset",
                        "java.security",
                        "org.slf4j.."),
                onlyIn("java.sql..", "io.cdcprogress.observe.postgres"),
                onlyIn("jakarta.ws.rs..", "io.cdcprogress.rest"),
                onlyIn(
                        "org.apache.kafka.clients..",
                        "io.cdcprogress.observe.kafka",
                        "io.cdcprogress.resolve.kafka",
                        "io.cdcprogress.rest"),
                onlyIn(
                        "org.apache.kafka.connect..",
                        "io.cdcprogress",
                        convert,
                        "io.cdcprogress.metrics",
                        "io.cdcprogress.record",
                        "io.cdcprogress.rest",
                        "io.cdcprogress.resolve.kafka"),
                noClasses()
                        .that()
                        .resideOutsideOfPackage("io.cdcprogress")
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage("io.cdcprogress")
                        .because("the root puts the stages together; no stage knows it"),
                noClasses()
                        .that()
                        .resideInAPackage("io.cdcprogress.evaluate")
                        .should()
                        .dependOnClassesThat()
                        .haveFullyQualifiedName("java.time.Clock")
                        .because("judgement takes now as an argument"));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void holds(ArchRule rule) {
        rule.check(PRODUCT);
        RAN.add(rule.getDescription());
    }

    /** A rule over no classes, or rules that a runner leaves out, would pass as well. */
    @AfterAll
    static void allRulesRan() {
        assertThat(RAN).hasSize(20);
    }

    @Test
    void everyPackageHasARule() {
        assertThat(PRODUCT.stream().map(type -> type.getPackageName()).distinct())
                .containsExactlyInAnyOrder(
                        "io.cdcprogress",
                        "io.cdcprogress.config",
                        "io.cdcprogress.convert",
                        "io.cdcprogress.discover",
                        "io.cdcprogress.evaluate",
                        "io.cdcprogress.metrics",
                        "io.cdcprogress.model",
                        "io.cdcprogress.observe",
                        "io.cdcprogress.observe.connect",
                        "io.cdcprogress.observe.kafka",
                        "io.cdcprogress.observe.postgres",
                        "io.cdcprogress.record",
                        "io.cdcprogress.resolve",
                        "io.cdcprogress.resolve.kafka",
                        "io.cdcprogress.rest");
    }

    /** The tests use what the packages that they lie in may not: a rule that lets them pass lets everything pass. */
    @Test
    void rulesCatchClassesThatBreakThem() {
        JavaClasses tests = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("io.cdcprogress");
        assertThat(rules().filter(rule ->
                                rule.allowEmptyShould(true).evaluate(tests).hasViolation())
                        .count())
                .isGreaterThanOrEqualTo(10);
    }
}
