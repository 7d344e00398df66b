package dev.skerry;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map of the packages, and the walls between them. */
class ArchitectureTest {
    /** From top to bottom: a package may import what stands below it, never what stands above or beside it. */
    private static final List<List<String>> MAP = List.of(
            List.of("command"),
            List.of("api"),
            List.of("health"),
            List.of("ingress"),
            List.of("schedule", "rollout"),
            List.of("manifest"),
            List.of("registry"),
            List.of("runtime"),
            List.of("kv", "cache", "assets"),
            List.of("webapi"),
            List.of("binding"),
            List.of("telemetry"),
            List.of("store"),
            List.of("model"));

    private static JavaClasses classes;

    @BeforeAll
    static void read() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("dev.skerry");
    }

    @Test
    void theMapNamesEveryPackageAndNoOther() {
        assertThat(classes.getPackage("dev.skerry").getSubpackages())
                .extracting(JavaPackage::getRelativeName)
                .containsExactlyInAnyOrderElementsOf(
                        MAP.stream().flatMap(List::stream).toList());
    }

    @Test
    void aPackageImportsOnlyWhatStandsBelowIt() {
        for (int row = 0; row < MAP.size(); row++) {
            List<String> notBelow =
                    MAP.subList(0, row + 1).stream().flatMap(List::stream).toList();
            for (String name : MAP.get(row)) {
                String[] forbidden = notBelow.stream()
                        .filter(other -> !other.equals(name))
                        .map(ArchitectureTest::tree)
                        .toArray(String[]::new);
                noClasses()
                        .that()
                        .resideInAPackage(tree(name))
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(forbidden)
                        .check(classes);
            }
        }
    }

    @Test
    void noPackagesImportEachOtherInACircle() {
        slices().matching("dev.skerry.(**)").should().beFreeOfCycles().check(classes);
    }

    @ParameterizedTest
    @CsvSource({
        "org.graalvm.., runtime",
        "com.oracle.truffle.., runtime",
        "com.oracle.svm.., runtime",
        "java.sql.., store",
        "org.sqlite.., store",
        "picocli.., command",
        "jakarta.ws.rs.., api",
        "io.micrometer.., telemetry"
    })
    void aLibraryIsKnownToOnePackageAlone(String library, String owner) {
        noClasses()
                .that()
                .resideOutsideOfPackage(tree(owner))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(classes);
    }

    @Test
    void theModelIsMadeOfTheJdkAlone() {
        classes()
                .that()
                .resideInAPackage(tree("model"))
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(tree("model"), "java..", "org.jspecify.annotations")
                .check(classes);
    }

    @Test
    void everyPackageTellsWhatItIsAndIsNullMarked() {
        JavaPackage root = classes.getPackage("dev.skerry");
        assertThat(Stream.concat(Stream.of(root), root.getSubpackagesInTree().stream()))
                .allSatisfy(each -> assertThat(each.tryGetPackageInfo())
                        .as("package-info of %s", each.getName())
                        .hasValueSatisfying(info -> assertThat(info.isAnnotatedWith(NullMarked.class))
                                .as("%s is @NullMarked", each.getName())
                                .isTrue()));
    }

    private static String tree(String name) {
        return "dev.skerry." + name + "..";
    }
}
